// Attachments as files: `<folder>/ab/cdef….pdf`, named by the digest of what is in them. A file is
// written whole and flushed under another name first, so that none is ever found half written.
#pragma once

#include <filesystem>

#include "services/platform/attachments/attachment_store.h"

namespace kkr::platform {

class FileAttachmentStore final : public AttachmentStore {
 public:
  // Keeps its files under `folder`, which is created with the first one. Removes what a killed
  // process left half written.
  explicit FileAttachmentStore(std::filesystem::path folder);

  AttachmentResult<StoredAttachment> put(std::string_view content,
                                         std::string_view file_name) override;
  AttachmentResult<std::string> get(const Hash& sha256) override;
  AttachmentResult<StoredAttachment> describe(const Hash& sha256) override;
  AttachmentResult<std::monostate> erase(const Hash& sha256) override;
  AttachmentResult<std::vector<Hash>> list(const Hash& after, std::size_t limit) override;

  // Where a file of this digest and type stands, if it is kept: for backup.
  std::filesystem::path path_of(const Hash& sha256, std::string_view media_type) const;

 private:
  // Holds the media type, which for CSV does not follow from the content. Not part of a backup.
  std::filesystem::path type_file_of(const Hash& sha256) const;
  std::filesystem::path unfinished() const { return folder_ / "unfinished"; }

  const std::filesystem::path folder_;
};

}  // namespace kkr::platform
