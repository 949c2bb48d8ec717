#include "services/platform/files/durable_file.h"

#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <iterator>

#include "tests/contract/small_disk.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(WriteDurably, ReplacesWholeAndLeavesNothingUnfinished) {
  const TemporaryFolder folder;
  const auto unfinished = folder.path("tmp/x"), path = folder.path("a/b/file");
  EXPECT_EQ(write_durably(unfinished, path, "first"), 0);
  EXPECT_EQ(write_durably(unfinished, path, std::string("se\0cond", 7)), 0);
  EXPECT_EQ(content_of(path), std::string("se\0cond", 7));
  EXPECT_FALSE(std::filesystem::exists(unfinished));
}

TEST(WriteDurably, LeavesTheOldFileWhenTheDiskIsFull) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << kNoSmallDisk;
  ASSERT_EQ(write_durably(disk.path("tmp"), disk.path("file"), "old"), 0);
  EXPECT_EQ(write_durably(disk.path("tmp"), disk.path("file"), std::string(4 << 20, 'x')), ENOSPC);
  EXPECT_EQ(content_of(disk.path("file")), "old");
  EXPECT_FALSE(std::filesystem::exists(disk.path("tmp")));
}

TEST(WriteDurably, SaysWhatFailed) {
  const TemporaryFolder folder;
  std::ofstream(folder.path("file")) << "in the way";
  EXPECT_NE(write_durably(folder.path("file/x"), folder.path("y"), ""), 0);
  EXPECT_NE(write_durably(folder.path("x"), folder.path("file/y"), ""), 0);
  EXPECT_EQ(content_of(folder.path("file")), "in the way");
  EXPECT_EQ(flush_folder(folder.path("nowhere")), ENOENT);
}

TEST(AppendLineDurably, AddsToWhatIsThere) {
  const TemporaryFolder folder;
  const auto path = folder.path("new/anchors");
  EXPECT_EQ(append_line_durably(path, "one"), 0);
  EXPECT_EQ(append_line_durably(path, "two"), 0);
  EXPECT_EQ(content_of(path), "one\ntwo\n");
}

}  // namespace
}  // namespace kkr::platform
