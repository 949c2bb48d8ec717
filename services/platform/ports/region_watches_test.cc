#include "services/platform/ports/region_watches.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace kkr::platform {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class RegionWatchesTest : public testing::Test {
 protected:
  std::unique_ptr<RegionWatch> watch(const std::string& service) {
    return watches_.add(service, [this](const std::string& region) { told_.push_back(region); });
  }

  RegionWatches watches_;
  std::vector<std::string> told_;
};

TEST_F(RegionWatchesTest, TellsThoseWhoWatchTheService) {
  const auto watching = watch("consultation");
  watches_.tell("consultation", "hovedstaden");
  watches_.tell("financing", "sjaelland");
  EXPECT_THAT(told_, ElementsAre("hovedstaden"));
}

TEST_F(RegionWatchesTest, TellNobodyWhoHasEnded) {
  const auto ended = watch("consultation");
  ended->end();
  watch("consultation").reset();
  watches_.tell("consultation", "hovedstaden");
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(RegionWatchesTest, MayBeToldOfALogThatIsOpenedForAnother) {
  const auto follower = watch("notification");
  const auto source = watches_.add(
      "consultation", [this](const std::string& region) { watches_.tell("notification", region); });
  watches_.tell("consultation", "hovedstaden");
  EXPECT_THAT(told_, ElementsAre("hovedstaden"));
}

// As when a process hears of a log that another one of its service has made, and opens it.
TEST_F(RegionWatchesTest, MayBeToldOfALogByWhomTheyTold) {
  bool is_open = false;
  const auto service = watches_.add("consultation", [&](const std::string& region) {
    told_.push_back(region);
    if (!std::exchange(is_open, true)) watches_.tell("consultation", region);
  });
  watches_.tell("consultation", "hovedstaden");
  EXPECT_THAT(told_, ElementsAre("hovedstaden", "hovedstaden"));
}

}  // namespace
}  // namespace kkr::platform
