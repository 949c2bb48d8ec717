// Keeps a second process out of a data folder. The lock goes away with the process, however it
// ends.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

namespace kkr::platform {

class FolderLock {
 public:
  // The folder must exist. The error is a sentence: who uses the folder, or why it cannot be used.
  static std::variant<std::unique_ptr<FolderLock>, std::string> take(
      const std::filesystem::path& folder);
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(int file) : file_(file) {}

  const int file_;
};

// True when a process holds the folder's lock now.
bool folder_in_use(const std::filesystem::path& folder);

}  // namespace kkr::platform
