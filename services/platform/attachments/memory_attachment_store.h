// The attachment store's in-memory twin, for tests: the same contract, nothing survives.
#pragma once

#include <map>
#include <mutex>

#include "services/platform/attachments/attachment_store.h"

namespace kkr::platform {

class MemoryAttachmentStore final : public AttachmentStore {
 public:
  AttachmentResult<StoredAttachment> put(std::string_view content,
                                         std::string_view file_name) override;
  AttachmentResult<std::string> get(const Hash& sha256) override;
  AttachmentResult<StoredAttachment> describe(const Hash& sha256) override;
  AttachmentResult<std::monostate> erase(const Hash& sha256) override;
  AttachmentResult<std::vector<Hash>> list(const Hash& after, std::size_t limit) override;

 private:
  struct Kept {
    StoredAttachment stored;
    std::string content;
  };

  std::mutex mutex_;
  std::map<Hash, Kept> kept_;
};

}  // namespace kkr::platform
