#include "services/platform/embedded/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace kkr::platform {
namespace {

std::filesystem::path lock_of(const std::filesystem::path& folder) { return folder / "lock"; }

// Who holds the lock wrote its process id into the file.
std::string in_use(const std::filesystem::path& folder) {
  std::ifstream file(lock_of(folder));
  std::string process;
  file >> process;
  return "The data folder " + folder.string() + " is in use by another kkr, process " + process +
         ". Stop it first, or choose another folder (--data).";
}

void remember_process(int file) {
  const std::string process = std::to_string(getpid()) + "\n";
  // Only words the sentence of in_use(); the lock itself does not need it.
  if (ftruncate(file, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = pwrite(file, process.data(), process.size(), 0);
}

}  // namespace

std::variant<std::unique_ptr<FolderLock>, std::string> FolderLock::take(
    const std::filesystem::path& folder) {
  const int file = open(lock_of(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return "The data folder " + folder.string() + " cannot be used: " + std::strerror(errno) + ".";
  }
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    close(file);
    return in_use(folder);
  }
  remember_process(file);
  return std::unique_ptr<FolderLock>(new FolderLock(file));
}

FolderLock::~FolderLock() { close(file_); }

bool folder_in_use(const std::filesystem::path& folder) {
  const int file = open(lock_of(folder).c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool taken = flock(file, LOCK_SH | LOCK_NB) != 0;
  close(file);
  return taken;
}

}  // namespace kkr::platform
