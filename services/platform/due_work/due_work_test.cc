#include "services/platform/due_work/due_work.h"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using notebook::start_of_hearing;
using testing::ElementsAre;
using namespace std::chrono_literals;

class DueWorkTest : public testing::Test {
 protected:
  ~DueWorkTest() override { stop(); }

  void start(DuePlan<notebook::Notebook> plan = notebook::reminders()) {
    appender_ = bench_.appender(store_);
    due_work_ = std::make_unique<DueWork<notebook::Notebook>>(
        "notebook/hovedstaden", "due", *appender_, bench_.clock, bench_.completions, plan);
    due_work_->loop().start();
  }
  void stop() {
    if (due_work_ != nullptr) due_work_->loop().stop();
    due_work_ = nullptr;
    appender_ = nullptr;
  }
  void remind(const std::string& key, absl::Duration after) {
    carry_out(*appender_,
              a_command("r-" + key, notebook::write(key, "x", start_of_hearing() + after)));
  }
  // False when work due up to then stays undone.
  bool quiesces(absl::Duration after) {
    auto quiet = std::make_shared<std::promise<void>>();
    auto future = quiet->get_future();
    due_work_->loop().when_quiesced(start_of_hearing() + after, [quiet] { quiet->set_value(); });
    return future.wait_for(10s) == std::future_status::ready;
  }
  bool advance(absl::Duration after) {
    return bench_.clock.advance_to(start_of_hearing() + after) && quiesces(after);
  }
  // When each reminder was recorded, as seconds after the start, in order.
  std::vector<std::int64_t> recorded() {
    const auto log = store_.read(1, kSliceMax);
    std::vector<std::int64_t> seconds;
    for (const RecordedEvent& event : std::get<0>(log)) {
      if (event.type == "reminder_passed") {
        seconds.push_back(absl::ToInt64Seconds(event.recorded_at - start_of_hearing()));
      }
    }
    return seconds;
  }

  notebook::Workbench bench_;
  MemoryEventStore store_;
  std::unique_ptr<notebook::Appender> appender_;
  std::unique_ptr<DueWork<notebook::Notebook>> due_work_;
};

TEST_F(DueWorkTest, RecordsWhatFallsDueOnceAndNotBefore) {
  start();
  remind("a", absl::Seconds(10));
  remind("b", absl::Seconds(20));
  ASSERT_TRUE(advance(absl::Seconds(9)));
  EXPECT_THAT(recorded(), ElementsAre());
  ASSERT_TRUE(advance(absl::Seconds(10)));
  EXPECT_THAT(recorded(), ElementsAre(10));
  ASSERT_TRUE(advance(absl::Seconds(100)));
  EXPECT_THAT(recorded(), ElementsAre(10, 100));
  ASSERT_TRUE(advance(absl::Seconds(200)));
  EXPECT_THAT(recorded(), ElementsAre(10, 100));
}

TEST_F(DueWorkTest, MissesNothingAndRepeatsNothingAfterDowntime) {
  start();
  remind("a", absl::Seconds(10));
  remind("b", absl::Seconds(20));
  remind("c", absl::Seconds(30));
  ASSERT_TRUE(advance(absl::Seconds(10)));
  stop();
  bench_.clock.advance_to(start_of_hearing() + absl::Seconds(25));
  for (int life = 0; life < 3; ++life) {
    start();
    ASSERT_TRUE(quiesces(absl::Seconds(25)));
    EXPECT_THAT(recorded(), ElementsAre(10, 25));
    stop();
  }
}

TEST_F(DueWorkTest, WakesForWorkThatIsPlannedWhileItWaits) {
  start();
  remind("late", absl::Hours(1));
  remind("early", absl::Seconds(5));
  ASSERT_TRUE(advance(absl::Seconds(5)));
  EXPECT_THAT(recorded(), ElementsAre(5));
  remind("overdue", absl::Seconds(1));
  ASSERT_TRUE(quiesces(absl::Seconds(5)));
  EXPECT_THAT(recorded(), ElementsAre(5, 5));
}

TEST_F(DueWorkTest, IsQuietOnlyWhenTheClockHasComeThatFar) {
  start();
  auto quiet = std::make_shared<std::promise<void>>();
  auto future = quiet->get_future();
  due_work_->loop().when_quiesced(start_of_hearing() + absl::Seconds(10),
                                  [quiet] { quiet->set_value(); });
  // The loop looks at all that wait at once; when it has looked a second time, the first is over.
  ASSERT_TRUE(quiesces(absl::ZeroDuration()));
  ASSERT_TRUE(quiesces(absl::ZeroDuration()));
  EXPECT_EQ(future.wait_for(0s), std::future_status::timeout);
  bench_.clock.advance_to(start_of_hearing() + absl::Seconds(10));
  EXPECT_EQ(future.wait_for(10s), std::future_status::ready);
}

TEST_F(DueWorkTest, TriesAgainWhenTheStoreDidNotTakeIt) {
  start();
  remind("a", absl::Seconds(10));
  store_.fail_next_append(StoreFailure::kStorageFull);
  ASSERT_TRUE(advance(absl::Seconds(10)));
  EXPECT_THAT(recorded(), ElementsAre(10));
}

TEST_F(DueWorkTest, APlanThatRecordingDoesNotChangeIsNotRepeatedWithoutPause) {
  std::atomic<int> decided = 0;
  std::promise<void> three_times;
  auto plan = notebook::reminders();
  plan.record_due = [&](const notebook::Notes&, const Context&) {
    if (++decided == 3) three_times.set_value();
    return notebook::Decision(Effects<notebook::v1::Event>{});
  };
  start(plan);
  remind("a", absl::Seconds(1));
  const auto begin = std::chrono::steady_clock::now();
  bench_.clock.advance_to(start_of_hearing() + absl::Seconds(1));
  EXPECT_EQ(three_times.get_future().wait_for(10s), std::future_status::ready) << "it gave up";
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 200ms) << "two pauses of 100 ms each";
  stop();
}

}  // namespace
}  // namespace kkr::platform
