#include "services/registry/domain/demo_clock.h"

#include "services/platform/time/timestamp.h"
#include "services/registry/testing/scene.h"

namespace kkr::registry {
namespace {

using namespace scene;

v1::AdvanceClockRequest advance(absl::Time to) {
  v1::AdvanceClockRequest command;
  *command.mutable_to() = platform::timestamp_of(to);
  return command;
}

TEST(AdvanceClock, NamesTheFirstRuleThatIsBroken) {
  const absl::Time earlier = context().now - absl::Nanoseconds(1);
  const absl::Time year_zero = absl::FromUnixSeconds(-62'135'596'800);
  EXPECT_EQ(rejection_of(decide(false, v1::AdvanceClockRequest(), context())),
            Rejection::kInstantInvalid);
  EXPECT_EQ(rejection_of(decide(false, advance(year_zero), context())), Rejection::kInstantInvalid);
  EXPECT_EQ(rejection_of(decide(false, advance(earlier), context())), Rejection::kNotADemoSite);
  EXPECT_EQ(rejection_of(decide(true, advance(earlier), context())), Rejection::kClockNotForward);
}

TEST(AdvanceClock, MovesForwardOnly) {
  const absl::Time later = context().now + absl::Nanoseconds(1);
  const Decision decision = decide(true, advance(later), context());
  const auto facts = facts_of(decision);
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].stream, "clock");
  EXPECT_EQ(platform::instant_of(facts[0].event.clock_advanced().to()), later);
  EXPECT_EQ(Scene().take(decision).state().demo_clock, later);
  EXPECT_TRUE(facts_of(decide(true, advance(context().now), context())).empty());
}

}  // namespace
}  // namespace kkr::registry
