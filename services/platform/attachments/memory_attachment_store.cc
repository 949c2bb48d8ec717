#include "services/platform/attachments/memory_attachment_store.h"

#include "services/platform/attachments/admission.h"

namespace kkr::platform {

AttachmentResult<StoredAttachment> MemoryAttachmentStore::put(std::string_view content,
                                                              std::string_view file_name) {
  auto admitted = admit(content, file_name);
  const auto* stored = std::get_if<StoredAttachment>(&admitted);
  if (stored == nullptr) return admitted;
  std::lock_guard lock(mutex_);
  return kept_.emplace(stored->sha256, Kept{*stored, std::string(content)}).first->second.stored;
}

AttachmentResult<std::string> MemoryAttachmentStore::get(const Hash& sha256) {
  std::lock_guard lock(mutex_);
  const auto found = kept_.find(sha256);
  if (found == kept_.end()) return AttachmentFailure::kNotFound;
  return found->second.content;
}

AttachmentResult<StoredAttachment> MemoryAttachmentStore::describe(const Hash& sha256) {
  std::lock_guard lock(mutex_);
  const auto found = kept_.find(sha256);
  if (found == kept_.end()) return AttachmentFailure::kNotFound;
  return found->second.stored;
}

AttachmentResult<std::monostate> MemoryAttachmentStore::erase(const Hash& sha256) {
  std::lock_guard lock(mutex_);
  kept_.erase(sha256);
  return std::monostate();
}

AttachmentResult<std::vector<Hash>> MemoryAttachmentStore::list(const Hash& after,
                                                                std::size_t limit) {
  std::lock_guard lock(mutex_);
  std::vector<Hash> digests;
  for (auto entry = kept_.upper_bound(after); entry != kept_.end() && digests.size() < limit;
       ++entry)
    digests.push_back(entry->first);
  return digests;
}

}  // namespace kkr::platform
