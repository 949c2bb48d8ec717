// Administration of a site that does not run: its stores are opened directly, and a second process
// is kept out meanwhile.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "services/platform/administration/site_copy.h"
#include "services/platform/embedded/folder_lock.h"

namespace kkr::platform {

class StoppedSite {
 public:
  // Fails when the folder holds no site, or a process uses it.
  static AdminResult<std::unique_ptr<StoppedSite>> open(const std::filesystem::path& data);

  // Checks every log, against `anchor` unless that is empty. Changes nothing.
  v1::VerifyResponse verify(const std::filesystem::path& anchor) const;
  // See copy_site().
  AdminResult<v1::BackUpResponse> back_up(const std::vector<std::string>& services,
                                          const std::filesystem::path& folder) const;

 private:
  StoppedSite(std::filesystem::path data, std::unique_ptr<FolderLock> lock)
      : data_(std::move(data)), lock_(std::move(lock)) {}

  const std::filesystem::path data_;
  const std::unique_ptr<FolderLock> lock_;
};

}  // namespace kkr::platform
