#include "services/platform/backup/file_digest.h"

#include <array>
#include <fstream>

namespace kkr::platform {

std::optional<FileDigest> file_digest(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return std::nullopt;
  Sha256 sha256;
  FileDigest digest;
  std::array<char, 64 * 1024> piece;
  while (file) {
    file.read(piece.data(), piece.size());
    const auto count = static_cast<std::size_t>(file.gcount());
    sha256.bytes({piece.data(), count});
    digest.size_bytes += count;
  }
  if (!file.eof()) return std::nullopt;
  digest.sha256 = sha256.finish();
  return digest;
}

}  // namespace kkr::platform
