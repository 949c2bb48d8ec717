#include "services/platform/attachments/file_attachment_store.h"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "services/platform/attachments/admission.h"
#include "services/platform/attachments/attachment_type.h"
#include "services/platform/files/durable_file.h"
#include "services/platform/uuid/uuid.h"

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

AttachmentFailure attachment_failure(int error) {
  return error == ENOSPC || error == EDQUOT ? AttachmentFailure::kStorageFull
                                            : AttachmentFailure::kUnavailable;
}

// The digest a file is named by; false for any other name.
bool digest_named(const fs::path& file, Hash& sha256) {
  return from_hex(file.parent_path().filename().string() + file.stem().string(), sha256);
}

// The entries of a folder by name; none when it is not there.
std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::error_code failed;
  std::vector<fs::path> entries;
  for (fs::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed))
    entries.push_back(entry->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

}  // namespace

FileAttachmentStore::FileAttachmentStore(fs::path folder) : folder_(std::move(folder)) {
  std::error_code ignored;
  fs::remove_all(unfinished(), ignored);
}

fs::path FileAttachmentStore::path_of(const Hash& sha256, std::string_view media_type) const {
  const auto hex = to_hex(sha256);
  return folder_ / hex.substr(0, 2) / (hex.substr(2) + '.' + extension_of(media_type));
}

AttachmentResult<StoredAttachment> FileAttachmentStore::put(std::string_view content,
                                                            std::string_view file_name) {
  auto admitted = admit(content, file_name);
  const auto* stored = std::get_if<StoredAttachment>(&admitted);
  if (stored == nullptr) return admitted;
  auto kept = describe(stored->sha256);
  const auto* same = std::get_if<StoredAttachment>(&kept);
  if (same != nullptr && std::holds_alternative<std::string>(get(stored->sha256))) return kept;
  // New, or a damaged copy, which is replaced by what is sound.
  const auto path = path_of(stored->sha256, same ? same->media_type : stored->media_type);
  if (const int error = write_durably(unfinished() / new_uuid(), path, content))
    return attachment_failure(error);
  return describe(stored->sha256);
}

AttachmentResult<StoredAttachment> FileAttachmentStore::describe(const Hash& sha256) {
  for (const auto& media_type : allowed_media_types()) {
    std::error_code failed;
    const auto size = fs::file_size(path_of(sha256, media_type), failed);
    if (!failed) return StoredAttachment{sha256, size, media_type};
    if (failed != std::errc::no_such_file_or_directory) return AttachmentFailure::kUnavailable;
  }
  return AttachmentFailure::kNotFound;
}

AttachmentResult<std::string> FileAttachmentStore::get(const Hash& sha256) {
  const auto kept = describe(sha256);
  if (const auto* failure = std::get_if<AttachmentFailure>(&kept)) return *failure;
  std::ifstream file(path_of(sha256, std::get<StoredAttachment>(kept).media_type),
                     std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || file.bad()) return AttachmentFailure::kUnavailable;
  if (sha256_of(content) != sha256) return AttachmentFailure::kDamaged;
  return content;
}

AttachmentResult<std::monostate> FileAttachmentStore::erase(const Hash& sha256) {
  const auto kept = describe(sha256);
  if (const auto* failure = std::get_if<AttachmentFailure>(&kept)) {
    if (*failure == AttachmentFailure::kNotFound) return std::monostate();
    return *failure;
  }
  const auto path = path_of(sha256, std::get<StoredAttachment>(kept).media_type);
  std::error_code failed;
  fs::remove(path, failed);
  if (failed) return AttachmentFailure::kUnavailable;
  if (const int error = flush_folder(path.parent_path())) return attachment_failure(error);
  return std::monostate();
}

AttachmentResult<std::vector<Hash>> FileAttachmentStore::list(const Hash& after,
                                                              std::size_t limit) {
  std::vector<Hash> digests;
  const auto first_shard = to_hex(after).substr(0, 2);
  for (const auto& shard : sorted_entries(folder_)) {
    if (shard.filename().string().size() != 2 || shard.filename().string() < first_shard) continue;
    for (const auto& file : sorted_entries(shard)) {
      if (digests.size() >= limit) return digests;
      Hash sha256;
      if (digest_named(file, sha256) && sha256 > after) digests.push_back(sha256);
    }
  }
  return digests;
}

}  // namespace kkr::platform
