#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/snapshot/snapshot_writer.h"
#include "services/platform/snapshot/state_loader.h"
#include "tests/notebook/appender_fixture.h"
#include "tests/notebook/forwarding_store.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::AppenderTest;
using notebook::carry_out;
using notebook::Notebook;
using testing::StartsWith;

// Counts the events read, and hides the snapshot when told to.
class CountingStore final : public notebook::ForwardingStore {
 public:
  CountingStore(EventStore& store, bool hides_snapshot)
      : ForwardingStore(store), hides_snapshot_(hides_snapshot) {}

  std::size_t events_read = 0;

  StoreResult<std::vector<RecordedEvent>> read(std::uint64_t from, std::size_t limit) override {
    auto events = ForwardingStore::read(from, limit);
    events_read += std::get<0>(events).size();
    return events;
  }
  StoreResult<std::optional<Snapshot>> snapshot() override {
    return hides_snapshot_ ? std::optional<Snapshot>() : ForwardingStore::snapshot();
  }

 private:
  const bool hides_snapshot_;
};

std::string saved(EventStore& store) {
  return Notebook::save_state(load_state<Notebook>(store, "notebook/hovedstaden").state->state);
}

class SnapshotTest : public AppenderTest {
 protected:
  // Notes by several writes each, then a stop, which leaves a snapshot.
  void write_notes(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string number = std::to_string(i);
      carry_out(appender(), a_command("r" + number, notebook::count_up("n" + number.substr(0, 1))));
    }
  }
};

TEST_F(SnapshotTest, IsWrittenAtTheStopAndSparesTheReplay) {
  write_notes(100);
  const std::string before = Notebook::save_state(appender().state()->state);
  appender().drain();
  const auto snapshot = std::get<0>(store_.snapshot());
  ASSERT_TRUE(snapshot.has_value());
  EXPECT_EQ(snapshot->position, 100u);
  EXPECT_EQ(snapshot->hash, store_.head().hash);
  EXPECT_EQ(snapshot->version, Notebook::kStateVersion);
  EXPECT_EQ(snapshot->state, before);
  CountingStore with(store_, false);
  EXPECT_EQ(saved(with), before);
  EXPECT_EQ(with.events_read, 1u) << "only the one whose hash is compared";
  CountingStore without(store_, true);
  EXPECT_EQ(saved(without), before);
  EXPECT_EQ(without.events_read, 100u);
}

TEST_F(SnapshotTest, IsWrittenEverySoManyEvents) {
  options_.snapshot_every_events = 10;
  std::uint64_t position = 0;
  for (int i = 0; i < 5'000 && position < 20; ++i) {
    carry_out(appender(), a_command("", notebook::count_up("a")));
    const auto snapshot = std::get<0>(store_.snapshot());
    if (snapshot) position = snapshot->position;
  }
  EXPECT_GE(position, 20u);
  EXPECT_EQ(saved(store_), Notebook::save_state(appender().state()->state));
}

TEST_F(SnapshotTest, OfWhatAStartReplayedIsWrittenThoughNothingIsAddedToIt) {
  write_notes(30);
  const std::string state = Notebook::save_state(appender().state()->state);
  restart();
  store_.save_snapshot({Notebook::kStateVersion + 1, "", 30, {}, ""});  // Of another release.
  restart();
  appender().drain();
  const auto snapshot = std::get<0>(store_.snapshot());
  ASSERT_TRUE(snapshot.has_value());
  EXPECT_EQ(snapshot->version, Notebook::kStateVersion);
  EXPECT_EQ(snapshot->state, state);
}

TEST_F(SnapshotTest, OfALargeStateIsMadeTheMoreSeldom) {
  std::atomic<int> made = 0;
  WorkerPool pool(1);
  SnapshotWriter writer(store_, pool, 1, 0, [&made] {
    ++made;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));  // A rest of 6 s follows.
    return Snapshot{};
  });
  for (std::uint64_t position = 1; position <= 100; ++position) {
    writer.advanced(position);
    std::promise<void> behind_it;  // One thread runs jobs in the order they were posted.
    pool.post([&behind_it] { behind_it.set_value(); });
    behind_it.get_future().wait();
  }
  EXPECT_EQ(made, 1);
  writer.finish();
  EXPECT_EQ(made, 2) << "at the stop nothing is left out";
}

TEST_F(SnapshotTest, IsPassedOverWhenItDoesNotFitTheLog) {
  write_notes(30);
  appender().drain();
  const auto good = *std::get<0>(store_.snapshot());
  const std::string right = saved(store_);
  std::vector<Snapshot> bad(4, good);
  bad[0].version += 1;
  bad[1].hash = Hash{7};
  bad[2].position = 31;
  bad[3].position = 12;
  for (Snapshot& snapshot : bad) {
    snapshot.state = "4711\n";  // Reminders passed: would show in the state.
    store_.save_snapshot(snapshot);
    EXPECT_EQ(saved(store_), right);
  }
  Snapshot loaded = good;
  loaded.state = "4711\n";
  store_.save_snapshot(loaded);
  EXPECT_THAT(saved(store_), StartsWith("4711")) << "the rows above would pass by accident";
  loaded.state = "1\nnonsense";
  store_.save_snapshot(loaded);
  EXPECT_EQ(saved(store_), right);
}

// Whatever was done, a start with a snapshot taken anywhere on the way, and one without any, give
// the state there was before the stop.
RC_GTEST_PROP(Snapshots, ReplayGivesTheStateThereWas, (const std::vector<std::uint8_t>& steps)) {
  notebook::Workbench bench;
  MemoryEventStore store;
  std::string before;
  const auto split = steps.size() / 2;
  for (std::size_t life = 0; life < 2; ++life) {
    const auto appender = bench.appender(store);
    for (std::size_t i = life * split; i < (life == 0 ? split : steps.size()); ++i) {
      const std::string key = "n" + std::to_string(steps[i] % 7);
      const std::string text(steps[i], 'x');
      std::optional<absl::Time> remind_at;
      if (steps[i] % 3 == 0) remind_at = bench.clock.now() + absl::Seconds(i);
      bench.clock.advance_to(bench.clock.now() + absl::Seconds(steps[i]));
      auto decide = steps[i] % 5 == 0   ? notebook::remove(key)
                    : steps[i] % 5 == 1 ? notebook::count_up(key)
                    : steps[i] % 5 == 2 ? notebook::reminders().record_due
                                        : notebook::write(key, text, remind_at);
      carry_out(*appender, a_command("r" + std::to_string(i), decide));
    }
    before = Notebook::save_state(appender->state()->state);
    if (life == 0) appender->drain();
    RC_ASSERT(saved(store) == before);
  }
  CountingStore without(store, true);
  RC_ASSERT(saved(without) == before);
}

}  // namespace
}  // namespace kkr::platform
