#include "services/platform/grpc/log_position.h"

#include <gtest/gtest.h>

#include "services/platform/grpc/error_status.h"

namespace kkr::platform {
namespace {

LogHead head_at_seven() { return {.generation = "g1", .position = 7, .hash = {}}; }

std::string reason_when_seen(std::string_view wanted) {
  return reason_of(check_seen(wanted, "consultation", "hovedstaden", head_at_seven()));
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

}  // namespace
}  // namespace kkr::platform
