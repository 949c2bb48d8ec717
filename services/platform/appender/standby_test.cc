// Two processes with one log: what the one that follows sees, and how the log changes hands.
#include <gmock/gmock.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/appender/appender.h"
#include "services/platform/event_store/late_store.h"
#include "tests/notebook/appender_fixture.h"
#include "tests/notebook/replica_store.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using notebook::expect_committed;
using notebook::expect_failure;
using notebook::submit;
using testing::HasSubstr;
using namespace std::chrono_literals;

constexpr auto kRegion = "hovedstaden";

// One process as far as this log goes.
class Process {
 public:
  Process(notebook::Workbench& bench, MemoryEventStore& shared, MemoryLeaseRows& rows,
          std::string name)
      : self_{name, name, name + ":1"},
        table_(rows),
        store(shared, rows, lease),
        appender_(bench.appender(store, options())) {}

  // Takes the lease from whoever has it, as one does from a holder that is thought dead.
  void take() {
    const auto view = table_.renew(self_, 1h);
    std::uint64_t seen = 0;
    for (const LeaseRow& row : view->leases) seen = row.epoch;
    const auto epoch = table_.take(self_, kRegion, seen);
    ASSERT_TRUE(epoch.has_value());
    lease.hold(*epoch);
  }
  // Lives no longer, so that another can take its lease. Does not know it.
  void fall_asleep() { table_.renew(self_, 0ms); }
  bool take_and_lead() {
    take();
    return appender().lead(5s);
  }
  notebook::Appender& appender() { return *appender_; }
  std::uint64_t position() const { return appender_->state()->head.position; }
  std::string text_of(const std::string& key) const {
    const auto note = appender_->state()->state.notes.find(key);
    return note == nullptr ? "" : note->text;
  }
  // False when the state has not reached `position` in good time.
  bool catches_up(std::uint64_t to) {
    for (int i = 0; i < 1'000 && position() != to; ++i) {
      appender().store_grew();
      std::this_thread::sleep_for(5ms);
    }
    return position() == to;
  }

 private:
  AppenderOptions options() {
    AppenderOptions options;
    options.leased = true;
    options.lost = [this] { ++lost; };
    options.surely_held = [this] { return surely_held.load(); };
    return options;
  }

  const Replica self_;
  MemoryLeaseTable table_;

 public:
  HeldLease lease;
  notebook::ReplicaStore store;
  std::atomic<int> lost = 0;
  std::atomic<bool> surely_held = true;

 private:
  std::unique_ptr<notebook::Appender> appender_;
};

class StandbyTest : public testing::Test {
 protected:
  void write(Process& process, const std::string& key, const std::string& text) {
    const auto outcome = carry_out(process.appender(), a_command("r" + std::to_string(++requests_),
                                                                 notebook::write(key, text)));
    ASSERT_EQ(outcome.index(), 0u);
  }
  // Holds up the batch that `process` decides next until the promise is kept.
  std::future<notebook::Outcome> hold_up(Process& process, std::promise<void>& release) {
    auto entered = std::make_shared<std::promise<void>>();
    auto decide = [entered, open = release.get_future().share()](const notebook::Notes&,
                                                                 const Context&) {
      entered->set_value();
      open.wait();
      return notebook::Decision(Effects<notebook::v1::Event>{});
    };
    auto passed = submit(process.appender(), a_command("", decide));
    entered->get_future().wait();
    return passed;
  }

  notebook::Workbench bench_;
  MemoryEventStore shared_;
  MemoryEventStore restored_;  // Outlives the processes that are moved to it.
  MemoryLeaseRows rows_;
  Process a_{bench_, shared_, rows_, "a"};
  Process b_{bench_, shared_, rows_, "b"};

 private:
  int requests_ = 0;
};

bool looked(notebook::Appender& appender, std::chrono::steady_clock::duration at_most) {
  std::promise<bool> told;
  appender.look(at_most, [&told](bool is_newest) { told.set_value(is_newest); });
  return told.get_future().get();
}

TEST_F(StandbyTest, ShowsAReaderWhoAsksWhatWasCommittedBefore) {
  ASSERT_TRUE(a_.take_and_lead());
  for (int i = 1; i <= 20; ++i) {
    write(a_, "n" + std::to_string(i), "x");
    EXPECT_TRUE(looked(b_.appender(), 10s));
    EXPECT_EQ(b_.position(), static_cast<std::uint64_t>(i)) << "though nobody said that it grew";
  }
}

TEST_F(StandbyTest, VouchesForWhatItLeadsOnlyWhileNobodyElseCanLeadIt) {
  ASSERT_TRUE(a_.take_and_lead());
  EXPECT_TRUE(looked(a_.appender(), 10s));
  a_.surely_held = false;  // As after it was stopped for a while.
  EXPECT_FALSE(looked(a_.appender(), 100ms));
  a_.fall_asleep();
  ASSERT_TRUE(b_.take_and_lead());
  write(b_, "a", "x");
  a_.appender().follow();
  EXPECT_TRUE(looked(a_.appender(), 10s));
  EXPECT_EQ(a_.position(), 1u);
}

TEST_F(StandbyTest, ReadsALogThatWasOutOfReachOnceItCanBeReached) {
  ASSERT_TRUE(a_.take_and_lead());
  write(a_, "a", "x");
  std::atomic<bool> in_reach = false;
  LateStore late([&]() -> std::shared_ptr<EventStore> {
    if (!in_reach) return nullptr;
    return std::shared_ptr<EventStore>(&b_.store, [](EventStore*) {});
  });
  AppenderOptions options;
  options.leased = true;
  const auto opened = bench_.appender(late, options);
  EXPECT_TRUE(opened->health().read_only);
  EXPECT_THAT(opened->health().sentence, HasSubstr("cannot be reached"));
  expect_failure(carry_out(*opened, a_command("r9", notebook::write("b", "y"))),
                 CommandFailure::kNotHolder);
  EXPECT_FALSE(opened->lead(50ms));
  EXPECT_FALSE(looked(*opened, 50ms));
  in_reach = true;
  EXPECT_TRUE(looked(*opened, 10s));
  EXPECT_FALSE(opened->health().read_only);
  EXPECT_EQ(opened->state()->head.position, 1u);
  EXPECT_EQ(opened->tail().head().position, 1u);
  a_.fall_asleep();
  b_.take();
  EXPECT_TRUE(opened->lead(5s));
  expect_committed(carry_out(*opened, a_command("r9", notebook::write("b", "y"))), 2, 2);
}

TEST_F(StandbyTest, ReadsItWithoutBeingAsked) {
  ASSERT_TRUE(a_.take_and_lead());
  write(a_, "a", "x");
  std::atomic<int> asked = 0;
  LateStore late([&]() -> std::shared_ptr<EventStore> {
    if (++asked < 2) return nullptr;
    return std::shared_ptr<EventStore>(&b_.store, [](EventStore*) {});
  });
  AppenderOptions options;
  options.leased = true;
  const auto opened = bench_.appender(late, options);
  for (int i = 0; i < 2'000 && opened->health().read_only; ++i) std::this_thread::sleep_for(5ms);
  EXPECT_EQ(opened->state()->head.position, 1u);
}

TEST_F(StandbyTest, TellsWhoStillWaitsWhenItEnds) {
  ASSERT_TRUE(a_.take_and_lead());
  a_.surely_held = false;
  std::promise<bool> told;
  a_.appender().look(1h, [&told](bool is_newest) { told.set_value(is_newest); });
  a_.appender().drain();
  EXPECT_FALSE(told.get_future().get());
  EXPECT_FALSE(looked(a_.appender(), 1h)) << "nor does who comes later wait";
}

TEST_F(StandbyTest, FollowsWhatTheOneThatLeadsCommits) {
  ASSERT_TRUE(a_.take_and_lead());
  for (int i = 1; i <= 300; ++i) write(a_, "n" + std::to_string(i % 7), std::to_string(i));
  ASSERT_TRUE(b_.catches_up(300));
  EXPECT_EQ(notebook::Notebook::save_state(b_.appender().state()->state),
            notebook::Notebook::save_state(a_.appender().state()->state));
  EXPECT_EQ(b_.appender().tail().head(), shared_.head());
  ASSERT_TRUE(b_.appender().tail().read(250, 1).has_value());
  EXPECT_EQ(b_.appender().tail().read(250, 1)->front()->position, 250u);
}

TEST_F(StandbyTest, TurnsCommandsAway) {
  ASSERT_TRUE(a_.take_and_lead());
  EXPECT_FALSE(b_.appender().is_leading());
  expect_failure(carry_out(b_.appender(), a_command("r1", notebook::write("a", "x"))),
                 CommandFailure::kNotHolder);
  EXPECT_EQ(shared_.head().position, 0u);
}

TEST_F(StandbyTest, TakesOverWithEverythingThatWasCommitted) {
  ASSERT_TRUE(a_.take_and_lead());
  for (int i = 0; i < 600; ++i) write(a_, "n", std::to_string(i));
  a_.fall_asleep();
  b_.take();
  // Nobody has told b that the log grew. Whatever comes while it catches up is decided afterwards.
  auto led = std::async(std::launch::async, [&] { return b_.appender().lead(5s); });
  notebook::Outcome counted = CommandFailure::kNotHolder;
  while (std::holds_alternative<CommandFailure>(counted)) {
    counted = carry_out(b_.appender(), a_command("count", notebook::count_up("n")));
  }
  EXPECT_TRUE(led.get());
  expect_committed(counted, 601, 601);
  EXPECT_EQ(b_.text_of("n"), "601");
}

TEST_F(StandbyTest, LosesTheLogInTheMiddleOfABatch) {
  ASSERT_TRUE(a_.take_and_lead());
  write(a_, "a", "kept");
  std::promise<void> release;
  auto passed = hold_up(a_, release);
  auto first = submit(a_.appender(), a_command("x1", notebook::write("a", "lost")));
  auto second = submit(a_.appender(), a_command("x2", notebook::write("b", "lost")));
  a_.fall_asleep();
  ASSERT_TRUE(b_.take_and_lead());
  release.set_value();
  passed.get();
  expect_failure(first.get(), CommandFailure::kNotHolder);
  expect_failure(second.get(), CommandFailure::kNotHolder);
  EXPECT_EQ(a_.lost, 1);
  EXPECT_FALSE(a_.appender().is_leading());
  EXPECT_FALSE(a_.appender().health().read_only);
  EXPECT_EQ(a_.text_of("a"), "kept");
  // It goes on as the one that follows, and leads again when it is its turn.
  write(b_, "a", "of b");
  ASSERT_TRUE(a_.catches_up(2));
  EXPECT_EQ(a_.text_of("a"), "of b");
  b_.fall_asleep();
  ASSERT_TRUE(a_.take_and_lead());
  expect_committed(carry_out(a_.appender(), a_command("x1", notebook::write("a", "now"))), 3, 3);
}

TEST_F(StandbyTest, HandsOverAfterItHasCarriedOutWhatIsQueued) {
  ASSERT_TRUE(a_.take_and_lead());
  std::promise<void> release;
  auto passed = hold_up(a_, release);
  std::vector<std::future<notebook::Outcome>> queued;
  for (int i = 0; i < 50; ++i) {
    queued.push_back(
        submit(a_.appender(), a_command("q" + std::to_string(i), notebook::count_up("n"))));
  }
  auto handed_over = std::async(std::launch::async, [&] { a_.appender().hand_over(5s); });
  // From the moment it hands over, nothing more is accepted; before, it waits with the others.
  std::vector<std::future<notebook::Outcome>> late;
  do {
    late.push_back(submit(a_.appender(), a_command("", notebook::nothing())));
  } while (late.back().wait_for(1ms) != std::future_status::ready);
  expect_failure(late.back().get(), CommandFailure::kNotHolder);
  release.set_value();
  handed_over.get();
  for (auto& outcome : queued) EXPECT_EQ(outcome.get().index(), 0u);
  EXPECT_FALSE(a_.appender().is_leading());
  EXPECT_EQ(shared_.head().position, 50u);
}

TEST_F(StandbyTest, TellsTheStoreHowFarItHasFollowedBeforeItHandsOver) {
  ASSERT_TRUE(a_.take_and_lead());
  for (std::uint64_t position = 0; position < 5; ++position) {
    auto passes_a_fact = a_command("", notebook::nothing());
    passes_a_fact.checkpoint =
        CheckpointMove{{"registry/danmark", "g", position + 1, Hash{}}, position};
    carry_out(a_.appender(), std::move(passes_a_fact));
  }
  EXPECT_EQ(std::get<0>(shared_.checkpoints()).at(0).position, 1u)
      << "the others wait for an event";
  a_.appender().hand_over(5s);
  EXPECT_EQ(std::get<0>(shared_.checkpoints()).at(0).position, 5u);
}

TEST_F(StandbyTest, ReadsARestoredLogAnew) {
  ASSERT_TRUE(a_.take_and_lead());
  for (int i = 0; i < 10; ++i) write(a_, "n", "before");
  ASSERT_TRUE(b_.catches_up(10));
  {
    const auto writer = bench_.appender(restored_);
    carry_out(*writer, a_command("r1", notebook::write("n", "restored")));
    writer->drain();
  }
  b_.store.restore(restored_);
  ASSERT_TRUE(b_.catches_up(1));
  EXPECT_EQ(b_.text_of("n"), "restored");
  EXPECT_EQ(b_.appender().tail().head(), restored_.head());
  EXPECT_FALSE(b_.appender().health().read_only);
  a_.fall_asleep();
  ASSERT_TRUE(b_.take_and_lead());
  expect_committed(carry_out(b_.appender(), a_command("r2", notebook::write("n", "on"))), 2, 2);
}

TEST_F(StandbyTest, GoesOnLeadingARestoredLogThatItCannotReadAtOnce) {
  ASSERT_TRUE(a_.take_and_lead());
  write(a_, "n", "before");
  {
    const auto writer = bench_.appender(restored_);
    carry_out(*writer, a_command("r1", notebook::write("n", "restored")));
    writer->drain();
  }
  a_.store.lose_next_append(false, [this] {
    a_.store.restore(restored_);
    a_.store.miss_reads(2);
  });
  expect_failure(carry_out(a_.appender(), a_command("x1", notebook::write("n", "lost"))),
                 CommandFailure::kStoreUnavailable);
  expect_committed(carry_out(a_.appender(), a_command("x2", notebook::write("m", "on"))), 2, 2);
  EXPECT_EQ(a_.text_of("n"), "restored");
  EXPECT_FALSE(a_.appender().health().read_only);
}

TEST_F(StandbyTest, DropsALogWithAFactItDoesNotKnowAndRefusesToLeadIt) {
  ASSERT_TRUE(a_.take_and_lead());
  write(a_, "n", "known");
  Batch batch;
  batch.expected = shared_.head();
  batch.events.push_back({"notes", "of_the_future", "", "", bench_.clock.now()});
  ASSERT_EQ(shared_.append(batch).index(), 0u);
  for (int i = 0; i < 1'000 && !b_.appender().health().read_only; ++i) {
    b_.appender().store_grew();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_THAT(b_.appender().health().sentence,
              AllOf(HasSubstr("does not know"), HasSubstr("Start the version of kkr")));
  a_.fall_asleep();
  EXPECT_FALSE(b_.take_and_lead());
}

// The lost append was never committed, and another process's event stands in its place.
TEST_F(StandbyTest, DoesNotTakeTheEventsOfItsSuccessorForItsOwn) {
  ASSERT_TRUE(a_.take_and_lead());
  write(a_, "n", "first");
  a_.store.lose_next_append(false, [this] {
    a_.fall_asleep();
    EXPECT_TRUE(b_.take_and_lead());
    write(b_, "n", "of b");
  });
  expect_failure(carry_out(a_.appender(), a_command("lost", notebook::write("n", "of a"))),
                 CommandFailure::kStoreUnavailable);
  EXPECT_EQ(a_.text_of("n"), "of b");
  expect_failure(carry_out(a_.appender(), a_command("lost", notebook::write("n", "of a"))),
                 CommandFailure::kNotHolder);
  EXPECT_EQ(a_.lost, 1);
}

TEST_F(StandbyTest, SavesNoSnapshotWhileItFollows) {
  ASSERT_TRUE(a_.take_and_lead());
  for (int i = 0; i < 20; ++i) write(a_, "n", "x");
  ASSERT_TRUE(b_.catches_up(20));
  b_.appender().drain();
  EXPECT_FALSE(std::get<0>(shared_.snapshot()).has_value());
  a_.appender().drain();
  ASSERT_TRUE(std::get<0>(shared_.snapshot()).has_value());
  EXPECT_EQ(std::get<0>(shared_.snapshot())->position, 20u);
}

}  // namespace
}  // namespace kkr::platform
