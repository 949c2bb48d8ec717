#include "services/platform/files/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

namespace kkr::platform {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0640)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int open_error() const { return fd_ < 0 ? errno : 0; }
  int write_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return errno;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
  }
  int flush() const { return ::fsync(fd_) == 0 ? 0 : errno; }

 private:
  const int fd_;
};

int flush(const fs::path& path, int flags) {
  const Descriptor opened(path, flags);
  if (const int error = opened.open_error()) return error;
  return opened.flush();
}

// A new folder lasts once its parent has been flushed.
int make_folders(const fs::path& folder) {
  std::error_code failed;
  if (folder.empty() || fs::is_directory(folder, failed)) return 0;
  if (const int error = make_folders(folder.parent_path())) return error;
  if (!fs::create_directory(folder, failed)) {
    if (failed) return failed.value();
    return 0;  // Another thread made it.
  }
  return flush_folder(folder.has_parent_path() ? folder.parent_path() : fs::path("."));
}

int write_new(const fs::path& path, std::string_view content) {
  const Descriptor file(path, O_WRONLY | O_CREAT | O_TRUNC);
  if (const int error = file.open_error()) return error;
  if (const int error = file.write_all(content)) return error;
  return file.flush();
}

}  // namespace

int write_durably(const fs::path& unfinished, const fs::path& path, std::string_view content) {
  if (const int error = make_folders(unfinished.parent_path())) return error;
  if (const int error = make_folders(path.parent_path())) return error;
  int error = write_new(unfinished, content);
  if (error == 0 && std::rename(unfinished.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(unfinished.c_str());
    return error;
  }
  return flush_folder(path.parent_path());
}

int flush_folder(const fs::path& folder) { return flush(folder, O_RDONLY | O_DIRECTORY); }

int flush_file(const fs::path& path) { return flush(path, O_RDONLY); }

int append_line_durably(const fs::path& path, std::string_view line) {
  if (const int error = make_folders(path.parent_path())) return error;
  const bool fresh = !fs::exists(path);
  const Descriptor file(path, O_WRONLY | O_CREAT | O_APPEND);
  if (const int error = file.open_error()) return error;
  if (const int error = file.write_all(std::string(line) + "\n")) return error;
  if (const int error = file.flush()) return error;
  return fresh && path.has_parent_path() ? flush_folder(path.parent_path()) : 0;
}

}  // namespace kkr::platform
