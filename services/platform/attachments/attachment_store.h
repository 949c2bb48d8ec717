// The port to the files of one log: kept by their SHA-256, so the same file is kept once, and
// erasable, because a file may name people. Refuses what is empty, over 25 MiB or of a type not on
// the list; the type is read from the content, never believed from a name or a header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "services/platform/event_store/sha256.h"

namespace kkr::platform {

inline constexpr std::size_t kAttachmentBytesMax = 25 * 1024 * 1024;

// What an event that names the file must hold.
struct StoredAttachment {
  Hash sha256{};
  std::uint64_t size_bytes = 0;
  std::string media_type;  // Such as `application/pdf`; one of allowed_media_types().
  bool operator==(const StoredAttachment&) const = default;
};

enum class AttachmentFailure {
  kEmpty,
  kTooLarge,
  kTypeNotAllowed,
  kNotFound,     // Never stored, or erased.
  kDamaged,      // What is kept under this digest no longer has it; restore it from a backup.
  kStorageFull,  // Nothing was kept; try again when space returns.
  kUnavailable,  // Nothing was kept or could be read.
};

template <class T>
using AttachmentResult = std::variant<T, AttachmentFailure>;

// All calls may come from any thread; each blocks until done. No call throws.
class AttachmentStore {
 public:
  virtual ~AttachmentStore() = default;

  // Keeps the file durably before it returns; to be called before the event that names it is
  // appended. Keeping the same content again is harmless and returns the same. `file_name` decides
  // only between types that look alike inside (csv and plain text).
  virtual AttachmentResult<StoredAttachment> put(std::string_view content,
                                                 std::string_view file_name) = 0;

  // The content, checked against its digest on the way.
  virtual AttachmentResult<std::string> get(const Hash& sha256) = 0;

  // What is kept under the digest, without reading the content: asked before each event that names
  // the file.
  virtual AttachmentResult<StoredAttachment> describe(const Hash& sha256) = 0;

  // Removes the file for good. Erasing what is not there succeeds: a retry is safe.
  virtual AttachmentResult<std::monostate> erase(const Hash& sha256) = 0;

  // The digests greater than `after` in ascending order, at most `limit`.
  virtual AttachmentResult<std::vector<Hash>> list(const Hash& after, std::size_t limit) = 0;
};

}  // namespace kkr::platform
