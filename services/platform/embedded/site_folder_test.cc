#include "services/platform/embedded/site_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const absl::Time hearing_day = absl::FromUnixSeconds(1'360'105'200);

using Opened = std::variant<std::unique_ptr<SiteFolder>, std::string>;

std::optional<absl::Time> start_in(const Opened& opened) {
  return std::get<std::unique_ptr<SiteFolder>>(opened)->demo_clock_start();
}

class SiteFolderTest : public testing::Test {
 protected:
  TemporaryFolder temporary_;
  const std::filesystem::path path_ = temporary_.path("data");
};

TEST_F(SiteFolderTest, KeepsADemoSiteADemoSite) {
  EXPECT_EQ(start_in(SiteFolder::open(path_, hearing_day)), hearing_day);
  EXPECT_EQ(start_in(SiteFolder::open(path_, std::nullopt)), hearing_day);
  EXPECT_EQ(start_in(SiteFolder::open(path_, hearing_day + absl::Hours(1))), hearing_day);
}

TEST_F(SiteFolderTest, NeverPutsAnOrdinarySiteOnTheDemoClock) {
  EXPECT_EQ(start_in(SiteFolder::open(path_, std::nullopt)), std::nullopt);
  EXPECT_THAT(std::get<std::string>(SiteFolder::open(path_, hearing_day)),
              HasSubstr("holds an ordinary site, which never runs on the demo clock"));
}

TEST_F(SiteFolderTest, LetsOneProcessInAtATime) {
  const Opened first = SiteFolder::open(path_, std::nullopt);
  EXPECT_TRUE(folder_in_use(path_));
  EXPECT_THAT(std::get<std::string>(SiteFolder::open(path_, std::nullopt)),
              HasSubstr("is in use by another kkr, process " + std::to_string(getpid())));
}

TEST_F(SiteFolderTest, IsFreeAgainWhenItsProcessIsDone) {
  { const Opened first = SiteFolder::open(path_, std::nullopt); }
  EXPECT_FALSE(folder_in_use(path_));
  EXPECT_EQ(start_in(SiteFolder::open(path_, std::nullopt)), std::nullopt);
}

TEST_F(SiteFolderTest, KnowsTheRegionsByTheirFiles) {
  const Opened opened = SiteFolder::open(path_, std::nullopt);
  const SiteFolder& folder = *std::get<std::unique_ptr<SiteFolder>>(opened);
  EXPECT_THAT(folder.regions_of("consultation"), ElementsAre());
  std::filesystem::create_directories(path_ / "consultation" / "sjaelland");
  for (const auto name : {"sjaelland.db", "hovedstaden.db", "hovedstaden.db-wal", "notes.txt"}) {
    std::ofstream(path_ / "consultation" / name) << "x";
  }
  EXPECT_THAT(folder.regions_of("consultation"), ElementsAre("hovedstaden", "sjaelland"));
}

TEST_F(SiteFolderTest, SaysWhereTheSiteIsReached) {
  const Opened opened = SiteFolder::open(path_, std::nullopt);
  std::get<std::unique_ptr<SiteFolder>>(opened)->announce("http://127.0.0.1:8080", "127.0.0.1:1");
  std::ifstream file(path_ / "site.json");
  const auto json = nlohmann::json::parse(file);
  EXPECT_EQ(json["http"], "http://127.0.0.1:8080");
  EXPECT_EQ(json["grpc"], "127.0.0.1:1");
}

TEST_F(SiteFolderTest, SaysWhyItCannotBeUsed) {
  std::ofstream(path_) << "a file";
  EXPECT_THAT(std::get<std::string>(SiteFolder::open(path_, std::nullopt)),
              HasSubstr("cannot be used"));
}

}  // namespace
}  // namespace kkr::platform
