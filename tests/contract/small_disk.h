// A disk of a few megabytes that fills up for real: a tmpfs of its own. Needs root; where mounting
// is refused, mounted() is false and the test must say so (GTEST_SKIP), never pass in silence.
#pragma once

#include <sys/mount.h>

#include <fstream>
#include <string>

#include "tests/contract/temporary_folder.h"

namespace kkr::platform {

class SmallDisk {
 public:
  explicit SmallDisk(const std::string& size = "2m")
      : mounted_(::mount("kkr-test", folder_.path().c_str(), "tmpfs", MS_NOSUID | MS_NODEV,
                         ("size=" + size).c_str()) == 0) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  std::string path(const std::string& name) const { return folder_.path(name); }

  // Takes all space that is left.
  void fill() const {
    std::ofstream ballast(path("ballast"), std::ios::binary);
    const std::string page(4096, 'x');
    while (ballast.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
    }
  }
  void make_room() const { std::filesystem::remove(path("ballast")); }

 private:
  const TemporaryFolder folder_;
  const bool mounted_;
};

inline constexpr char kNoSmallDisk[] =
    "NOT TESTED: mounting a tmpfs was refused here; run as root with CAP_SYS_ADMIN";

}  // namespace kkr::platform
