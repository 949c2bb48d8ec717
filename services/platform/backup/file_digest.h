// SHA-256 and size of a file, read in pieces.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "services/platform/event_store/sha256.h"

namespace kkr::platform {

struct FileDigest {
  Hash sha256{};
  std::uint64_t size_bytes = 0;
  bool operator==(const FileDigest&) const = default;
};

// nullopt when the file cannot be read to its end.
std::optional<FileDigest> file_digest(const std::filesystem::path& path);

}  // namespace kkr::platform
