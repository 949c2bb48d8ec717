#include "services/platform/attachments/memory_attachment_store.h"

#include "services/platform/attachments/admission.h"

namespace kkr::platform {

AttachmentResult<StoredAttachment> MemoryAttachmentStore::put(std::string_view content,
                                                              std::string_view file_name) {
  auto admitted = admit(content, file_name);
  if (const auto* stored = std::get_if<StoredAttachment>(&admitted)) {
    std::lock_guard lock(mutex_);
    contents_.emplace(stored->sha256, content);
    media_types_[stored->sha256] = stored->media_type;
  }
  return admitted;
}

AttachmentResult<std::string> MemoryAttachmentStore::get(const Hash& sha256) {
  std::lock_guard lock(mutex_);
  const auto found = contents_.find(sha256);
  if (found == contents_.end()) return AttachmentFailure::kNotFound;
  return found->second;
}

AttachmentResult<StoredAttachment> MemoryAttachmentStore::describe(const Hash& sha256) {
  std::lock_guard lock(mutex_);
  const auto found = contents_.find(sha256);
  if (found == contents_.end()) return AttachmentFailure::kNotFound;
  return StoredAttachment{sha256, found->second.size(), media_types_[sha256]};
}

AttachmentResult<std::monostate> MemoryAttachmentStore::erase(const Hash& sha256) {
  std::lock_guard lock(mutex_);
  contents_.erase(sha256);
  return std::monostate();
}

AttachmentResult<std::vector<Hash>> MemoryAttachmentStore::list(const Hash& after,
                                                                std::size_t limit) {
  std::lock_guard lock(mutex_);
  std::vector<Hash> digests;
  for (auto entry = contents_.upper_bound(after);
       entry != contents_.end() && digests.size() < limit; ++entry)
    digests.push_back(entry->first);
  return digests;
}

}  // namespace kkr::platform
