#include "services/platform/grpc/log_position.h"

#include <gtest/gtest.h>

#include "services/platform/grpc/error_status.h"

namespace kkr::platform {
namespace {

LogHead head_at_seven() { return {.generation = "g1", .position = 7, .hash = {}}; }

std::string reason_for(const SeenPositions& seen, bool is_newest) {
  return reason_of(check_seen(seen, "consultation", "hovedstaden", head_at_seven(), is_newest));
}
std::string reason_when_seen(std::string_view wanted) {
  return reason_for({wanted, ""}, /*is_newest=*/true);
}

TEST(LogPosition, IsReadAsItWasWritten) {
  const LogPosition place{"consultation", "hovedstaden", "g1", 7};
  EXPECT_EQ(place.text(), "consultation/hovedstaden/g1/7");
  const auto read = parse_log_position("consultation/hovedstaden/g1/7");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text(), place.text());
  EXPECT_FALSE(parse_log_position("consultation/hovedstaden/g1/seven"));
  EXPECT_FALSE(parse_log_position("consultation/hovedstaden/7"));
}

TEST(CheckSeen, LetsACallerReadItsOwnWrite) {
  EXPECT_EQ(reason_when_seen(""), "");
  EXPECT_EQ(reason_when_seen("consultation/hovedstaden/g1/7"), "");
  EXPECT_EQ(reason_when_seen("consultation/hovedstaden/g1/8"), "POSITION_NOT_REACHED");
  EXPECT_EQ(reason_when_seen("consultation/hovedstaden/g0/3"), "GENERATION_CHANGED");
  EXPECT_EQ(reason_when_seen("seven"), "POSITION_INVALID");
}

TEST(CheckSeen, LooksAtPositionsOfThisLogOnly) {
  EXPECT_EQ(reason_when_seen("registry/danmark/g9/99, consultation/sjaelland/g9/99"), "");
  EXPECT_EQ(reason_when_seen("registry/danmark/g9/99, consultation/hovedstaden/g1/8"),
            "POSITION_NOT_REACHED");
}

TEST(CheckSeen, SaysThatALookHelpsUntilThereWasOne) {
  for (const auto wanted : {"newest", "registry/danmark/g9/99,newest",
                            "consultation/hovedstaden/g0/3", "consultation/hovedstaden/g1/8"}) {
    EXPECT_EQ(reason_for({wanted, ""}, /*is_newest=*/false), "POSITION_NOT_REACHED") << wanted;
  }
  EXPECT_EQ(reason_for({"newest", ""}, /*is_newest=*/true), "");
  EXPECT_EQ(reason_for({"consultation/hovedstaden/g1/7", ""}, /*is_newest=*/false), "");
  EXPECT_TRUE(is_not_reached(
      check_seen({"newest", ""}, "consultation", "hovedstaden", head_at_seven(), false)));
  EXPECT_FALSE(is_not_reached(grpc::Status(grpc::StatusCode::UNAVAILABLE, "away")));
}

TEST(CheckSeen, PassesOverWhatIsKnownOfAGenerationThatIsGone) {
  const std::string_view gone = "consultation/hovedstaden/g0/9";
  EXPECT_EQ(reason_for({"", gone}, /*is_newest=*/false), "POSITION_NOT_REACHED");
  EXPECT_EQ(reason_for({"", gone}, /*is_newest=*/true), "");
  EXPECT_EQ(reason_for({"", "consultation/hovedstaden/g1/8"}, /*is_newest=*/true),
            "POSITION_NOT_REACHED");
  EXPECT_EQ(reason_for({"", "consultation/hovedstaden/g1/7"}, /*is_newest=*/false), "");
  EXPECT_EQ(reason_for({"", "seven"}, /*is_newest=*/true), "POSITION_INVALID");
}

}  // namespace
}  // namespace kkr::platform
