#include "services/platform/time/clock.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/time/clock.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

const absl::Time kStart = absl::FromUnixSeconds(1'360'105'200);

TEST(DemoClock, StandsStillUntilItIsMovedAndOnlyGoesForward) {
  DemoClock clock(kStart);
  EXPECT_TRUE(clock.is_demo());
  EXPECT_EQ(clock.now(), kStart);
  EXPECT_TRUE(clock.advance_to(kStart + absl::Hours(1)));
  EXPECT_EQ(clock.now(), kStart + absl::Hours(1));
  EXPECT_TRUE(clock.advance_to(kStart + absl::Hours(1))) << "to where it stands is no harm";
  EXPECT_FALSE(clock.advance_to(kStart));
  EXPECT_EQ(clock.now(), kStart + absl::Hours(1));
}

TEST(DemoClock, RingsWhatIsDueInOrderAndOnce) {
  DemoClock clock(kStart);
  std::mutex mutex;
  std::vector<int> rung;
  std::vector<std::unique_ptr<Alarm>> alarms;
  for (const int minute : {3, 1, 2, 9}) {
    alarms.push_back(clock.alarm_at(kStart + absl::Minutes(minute), [&, minute] {
      const std::lock_guard lock(mutex);
      rung.push_back(minute);
    }));
  }
  clock.advance_to(kStart + absl::Minutes(3) - absl::Microseconds(1));
  clock.advance_to(kStart + absl::Minutes(3));
  clock.advance_to(kStart + absl::Minutes(4));
  // The clock's own thread may ring an alarm beside advance_to().
  for (int i = 0; i < 1'000; ++i) {
    {
      const std::lock_guard lock(mutex);
      if (rung.size() >= 3) break;
    }
    std::this_thread::sleep_for(1ms);
  }
  const std::lock_guard lock(mutex);
  std::sort(rung.begin(), rung.end());
  EXPECT_THAT(rung, ElementsAre(1, 2, 3));
}

TEST(DemoClock, RingsWithoutBeingMovedForWhatIsOverAlready) {
  DemoClock clock(kStart);
  std::promise<void> rung;
  const auto alarm = clock.alarm_at(kStart, [&rung] { rung.set_value(); });
  EXPECT_EQ(rung.get_future().wait_for(10s), std::future_status::ready);
}

TEST(Clock, NothingRingsAfterItsAlarmIsGone) {
  for (int round = 0; round < 100; ++round) {
    DemoClock clock(kStart);
    std::atomic<bool> gone = false;
    std::atomic<bool> rung_after = false;
    auto alarm = clock.alarm_at(kStart + absl::Seconds(1), [&] {
      if (gone) rung_after = true;
    });
    std::thread moving([&clock] { clock.advance_to(kStart + absl::Seconds(2)); });
    alarm = nullptr;
    gone = true;
    moving.join();
    EXPECT_FALSE(rung_after);
  }
}

TEST(Clock, AnAlarmMayOutliveItsClock) {
  auto clock = std::make_unique<DemoClock>(kStart);
  const auto alarm = clock->alarm_at(kStart + absl::Seconds(1), [] { FAIL(); });
  clock = nullptr;
}

TEST(SystemClock, TellsTheTimeInMicrosecondsAndNeverGoesBack) {
  SystemClock clock;
  EXPECT_FALSE(clock.is_demo());
  EXPECT_LT(absl::AbsDuration(clock.now() - absl::Now()), absl::Seconds(5));
  EXPECT_EQ(absl::ToUnixNanos(clock.now()) % 1'000, 0);
  absl::Time last = clock.now();
  for (int i = 0; i < 10'000; ++i) {
    const absl::Time now = clock.now();
    ASSERT_LE(last, now);
    last = now;
  }
}

TEST(SystemClock, RingsWhenTheTimeHasComeAndNotEarlier) {
  SystemClock clock;
  const absl::Time at = clock.now() + absl::Milliseconds(20);
  std::promise<absl::Time> rung;
  const auto alarm = clock.alarm_at(at, [&] { rung.set_value(clock.now()); });
  EXPECT_GE(rung.get_future().get(), at);
}

}  // namespace
}  // namespace kkr::platform
