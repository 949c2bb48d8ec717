#include "services/platform/time/timestamp.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(Timestamp, IsTheInstantItWasMadeOf) {
  const absl::Time now = absl::FromUnixSeconds(1'360'141'200) + absl::Nanoseconds(123'456'789);
  EXPECT_EQ(timestamp_of(now).seconds(), 1'360'141'200);
  EXPECT_EQ(timestamp_of(now).nanos(), 123'456'789);
  EXPECT_EQ(instant_of(timestamp_of(now)), now);
}

TEST(Timestamp, CountsNanosecondsForwardBefore1970Too) {
  const absl::Time before = absl::UnixEpoch() - absl::Nanoseconds(1);
  EXPECT_EQ(timestamp_of(before).seconds(), -1);
  EXPECT_EQ(timestamp_of(before).nanos(), 999'999'999);
  EXPECT_EQ(instant_of(timestamp_of(before)), before);
}

}  // namespace
}  // namespace kkr::platform
