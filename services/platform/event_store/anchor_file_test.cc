#include "services/platform/event_store/anchor_file.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;

Anchor anchor(std::string log, std::uint64_t position) {
  return {absl::FromUnixSeconds(1'360'108'800),
          std::move(log),
          "g",
          position,
          sha256_of("e"),
          2,
          sha256_of("r")};
}

std::vector<Anchor> all(const std::string& path, const std::string& log) {
  std::vector<Anchor> anchors;
  read_anchors(path, log, [&](const Anchor& read) { anchors.push_back(read); });
  return anchors;
}

TEST(AnchorFile, GivesBackTheAnchorsOfOneLogInOrder) {
  const TemporaryFolder folder;
  const auto path = folder.path("outside/anchors");
  AnchorFile file(path);
  const auto first = anchor("a/x", 3), other = anchor("a/y", 9), second = anchor("a/x", 5);
  for (const auto& each : {first, other, second}) ASSERT_EQ(file.write(each), 0);
  EXPECT_THAT(all(path, "a/x"), ElementsAre(first, second));
  EXPECT_THAT(all(path, "a/y"), ElementsAre(other));
}

TEST(AnchorFile, SkipsAndCountsLinesThatAreChangedOrUnfinished) {
  const TemporaryFolder folder;
  const auto path = folder.path("anchors");
  AnchorFile file(path);
  ASSERT_EQ(file.write(anchor("a/x", 3)), 0);
  ASSERT_EQ(file.write(anchor("a/x", 4)), 0);
  std::ifstream read(path);
  std::string content{std::istreambuf_iterator<char>(read), {}};
  content[content.find(" 3 ") + 1] = '7';
  std::ofstream(path) << content << "2013-02-06T00:00:00Z a/x g 9";
  EXPECT_THAT(all(path, "a/x"), ElementsAre(anchor("a/x", 4)));
  const auto result = read_anchors(path, "a/x", [](const Anchor&) {});
  EXPECT_TRUE(result.opened);
  EXPECT_EQ(result.unreadable_lines, 2u);
}

TEST(AnchorFile, SaysWhenItCannotBeReadOrWritten) {
  const TemporaryFolder folder;
  EXPECT_FALSE(read_anchors(folder.path("none"), "a/x", [](const Anchor&) {}).opened);
  EXPECT_EQ(AnchorFile(folder.path()).write(anchor("a/x", 3)), EISDIR);
}

}  // namespace
}  // namespace kkr::platform
