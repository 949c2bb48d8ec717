#include "services/platform/follower/follower.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <future>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <utility>

#include "kkr/platform/v1/event_log.pb.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/source_log.h"
#include "tests/notebook/workbench.h"
#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

using notebook::SourceLog;
using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;
using waiting::comes_true;
using namespace std::chrono_literals;

// Loses, repeats and swaps what it is given; otherwise hands it on at once.
class UnreliableBus final : public Bus {
 public:
  UnreliableBus(WorkerPool& pool, unsigned seed) : bus_(pool), random_(seed) {}

  void publish(const EventPtr& event, Taken taken) override {
    taken(true);
    const auto dice = random_() % 8;
    if (dice == 0) return;
    if (dice == 1 && held_ == nullptr) {
      held_ = event;  // Comes after the next one.
      return;
    }
    const auto ignore = [](bool) {};
    bus_.publish(event, ignore);
    if (dice == 2) bus_.publish(event, ignore);
    if (held_ != nullptr) bus_.publish(std::exchange(held_, nullptr), ignore);
  }
  std::unique_ptr<Subscription> subscribe(std::string service, std::string region,
                                          Callback callback) override {
    return bus_.subscribe(std::move(service), std::move(region), std::move(callback));
  }

 private:
  InProcessBus bus_;
  std::mt19937 random_;
  EventPtr held_;
};

// A notebook that copies the source, in a store of its own.
struct Copy {
  Copy(notebook::Workbench& bench, SourceLog& source, Bus& bus, MemoryEventStore& store,
       FollowOptions options = {}, AppenderOptions appender_options = {})
      : appender(bench.appender(store, std::move(appender_options))) {
    options.source = SourceLog::kName;
    options.log = "notebook/copy";
    options.retry_after = 2ms;
    if (options.check_every == FollowOptions().check_every) options.check_every = 20ms;
    follower = std::make_unique<Follower<notebook::Notebook>>(
        options, "follower", *appender, source, bus, bench.completions, notebook::copy_notes());
    follower->loop().start();
  }

  // False when `position` is not reached in time.
  bool reaches(std::uint64_t position) {
    auto reached = std::make_shared<std::promise<void>>();
    auto future = reached->get_future();
    follower->loop().when_caught_up(position, [reached] { reached->set_value(); });
    return future.wait_for(20s) == std::future_status::ready;
  }
  // Waits, without asking for it, until the follower stands at `position`.
  void await(std::uint64_t position) const {
    EXPECT_TRUE(comes_true([&] { return follower->loop().position() == position; }));
  }
  std::map<std::string, std::string> texts() const {
    std::map<std::string, std::string> texts;
    appender->state()->state.notes.for_each(
        [&](const std::string& key, const notebook::Note& note) { texts[key] = note.text; });
    return texts;
  }

  std::unique_ptr<notebook::Appender> appender;
  std::unique_ptr<Follower<notebook::Notebook>> follower;
};

class FollowerTest : public testing::Test {
 protected:
  notebook::Workbench bench_;
  InProcessBus bus_{bench_.completions};
  SourceLog source_;
  MemoryEventStore store_;
};

TEST_F(FollowerTest, TakesInWhatWasThereAndWhatComes) {
  source_.write("a", "1");
  source_.write("b", "2");
  Copy copy(bench_, source_, bus_, store_);
  ASSERT_TRUE(copy.reaches(2));
  source_.write("a", "3", &bus_);
  source_.remove("b", &bus_);
  ASSERT_TRUE(copy.reaches(4));
  EXPECT_THAT(copy.texts(), ElementsAre(Pair("a", "3")));
  EXPECT_EQ(copy.follower->loop().position(), 4u);

  const auto checkpoint = std::get<0>(store_.checkpoints()).at(0);
  EXPECT_EQ(checkpoint.source, SourceLog::kName);
  EXPECT_EQ(checkpoint.position, 4u);
  const auto event = std::get<0>(store_.read(1, 1)).at(0);
  v1::EventMetadata metadata;
  ASSERT_TRUE(metadata.ParseFromString(event.metadata));
  EXPECT_EQ(metadata.cause(), "notebook/source/" + checkpoint.generation + "/1");
  EXPECT_EQ(metadata.actor(), "follower");
}

TEST_F(FollowerTest, MovesPastFactsThatDoNotConcernItInFewSteps) {
  for (int i = 0; i < 1'000; ++i) source_.write("own-" + std::to_string(i), "x");
  source_.write("a", "1");
  for (int i = 0; i < 100; ++i) source_.write("own-" + std::to_string(i), "y");
  Copy copy(bench_, source_, bus_, store_);
  ASSERT_TRUE(copy.reaches(1'101));
  EXPECT_THAT(copy.texts(), ElementsAre(Pair("a", "1")));
  EXPECT_EQ(copy.appender->checkpoint(SourceLog::kName)->position, 1'101u);
  EXPECT_EQ(store_.head().position, 1u);
}

TEST_F(FollowerTest, GoesOnFromItsCheckpointAfterARestart) {
  for (int i = 0; i < 500; ++i) source_.write("n" + std::to_string(i), "x");
  { ASSERT_TRUE(Copy(bench_, source_, bus_, store_).reaches(500)); }
  for (int i = 0; i < 10; ++i) source_.write("m" + std::to_string(i), "x");
  const std::size_t reads = source_.reads();
  Copy copy(bench_, source_, bus_, store_);
  ASSERT_TRUE(copy.reaches(510));
  EXPECT_EQ(store_.head().position, 510u);
  EXPECT_LE(source_.reads() - reads, 5u) << "it read the log from its beginning";
}

TEST_F(FollowerTest, WaitsForASourceThatCannotBeReached) {
  source_.write("a", "1");
  source_.set_reachable(false);
  Copy copy(bench_, source_, bus_, store_);
  auto reached = std::async(std::launch::async, [&copy] { return copy.reaches(1); });
  EXPECT_TRUE(comes_true([this] { return source_.reads() >= 3; })) << "it does not try again";
  EXPECT_EQ(reached.wait_for(0s), std::future_status::timeout);
  source_.set_reachable(true);
  EXPECT_TRUE(reached.get());
}

TEST_F(FollowerTest, ReadsAtOnceWhatTheBusLeftOut) {
  FollowOptions options;
  options.check_every = 1h;
  Copy copy(bench_, source_, bus_, store_, options);
  ASSERT_TRUE(comes_true([this] { return source_.reads() == 1; })) << "the look at the beginning";
  source_.write("a", "1", &bus_);
  copy.await(1);
  EXPECT_EQ(source_.reads(), 2u) << "the first event brings an unknown generation";
  source_.write("b", "left out");
  source_.write("c", "3", &bus_);
  copy.await(3);
  EXPECT_THAT(copy.texts(), ElementsAre(Pair("a", "1"), Pair("b", "left out"), Pair("c", "3")));
}

TEST_F(FollowerTest, FindsByItselfWhatTheBusLostLast) {
  Copy copy(bench_, source_, bus_, store_);
  source_.write("a", "left out");
  copy.await(1);
  EXPECT_THAT(copy.texts(), ElementsAre(Pair("a", "left out")));
}

// Passed over, it would be lost to the program that knows it.
TEST_F(FollowerTest, StopsBeforeAFactThatItDoesNotKnow) {
  source_.write("a", "1");
  source_.write("own-b", "2");
  source_.write_unknown();
  source_.write("c", "3");
  Copy copy(bench_, source_, bus_, store_);
  ASSERT_TRUE(copy.reaches(2));
  source_.write("d", "4", &bus_);
  const std::size_t reads = source_.reads();
  ASSERT_TRUE(comes_true([&] { return source_.reads() > reads + 2; }));
  EXPECT_EQ(copy.follower->loop().position(), 2u);
  EXPECT_EQ(copy.appender->checkpoint(SourceLog::kName)->position, 2u);
  EXPECT_THAT(copy.texts(), ElementsAre(Pair("a", "1")));
}

TEST_F(FollowerTest, TakesInEveryFactInOrderThoughTheBusLosesRepeatsAndSwaps) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  UnreliableBus unreliable(bench_.completions, seed);
  FollowOptions options;
  options.in_flight_max = 8;
  Copy copy(bench_, source_, unreliable, store_, options);
  std::map<std::string, std::string> expected;
  std::mt19937 random(seed);
  for (int i = 1; i <= 2'000; ++i) {
    const std::string key = "n" + std::to_string(random() % 50);
    expected[key] = std::to_string(i);
    source_.write(key, expected[key], &unreliable);
  }
  ASSERT_TRUE(copy.reaches(2'000));
  EXPECT_EQ(copy.texts(), expected);
  EXPECT_EQ(store_.head().position, 2'000u) << "a fact was lost or counted twice";
}

TEST_F(FollowerTest, TriesAgainWhatTheStoreDidNotTake) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  FollowOptions options;
  options.in_flight_max = 16;
  AppenderOptions small_batches;  // So that later facts wait while a batch fails.
  small_batches.batch_commands_max = 2;
  for (int i = 1; i <= 1'000; ++i) source_.write("n" + std::to_string(i % 50), std::to_string(i));
  Copy copy(bench_, source_, bus_, store_, options, small_batches);
  while (copy.follower->loop().position() < 1'000) {
    const bool unknown = random() % 2 == 0;
    store_.fail_next_append(unknown ? StoreFailure::kOutcomeUnknown : StoreFailure::kStorageFull,
                            random() % 2 == 0);
    std::this_thread::sleep_for(1ms);
  }
  ASSERT_TRUE(copy.reaches(1'000));
  EXPECT_EQ(store_.head().position, 1'000u);
  for (std::uint64_t from = 1; from <= 1'000; from += kSliceMax) {
    const auto slice = store_.read(from, kSliceMax);
    for (const RecordedEvent& recorded : std::get<0>(slice)) {
      notebook::v1::Event event;
      ASSERT_TRUE(event.ParseFromString(recorded.payload));
      EXPECT_EQ(event.note_written().source_position(), recorded.position);
    }
  }
}

TEST_F(FollowerTest, ConvergesAfterTheSourceWasRestoredToAnEarlierState) {
  for (int i = 1; i <= 3'000; ++i) {
    source_.write("n" + std::to_string(i % 1'700), std::to_string(i));
  }
  Copy copy(bench_, source_, bus_, store_);
  ASSERT_TRUE(copy.reaches(3'000));

  source_.set_back(2'000);
  for (int i = 0; i < 400; ++i) source_.write("m" + std::to_string(i), "new", &bus_);
  ASSERT_TRUE(copy.reaches(2'400));
  std::map<std::string, std::string> expected;
  for (int i = 1; i <= 2'000; ++i) expected["n" + std::to_string(i % 1'700)] = std::to_string(i);
  for (int i = 0; i < 400; ++i) expected["m" + std::to_string(i)] = "new";
  // Until it has noticed, the old position stands beyond the one asked for.
  copy.await(2'400);
  EXPECT_EQ(copy.follower->loop().position(), 2'400u);
  EXPECT_EQ(copy.texts(), expected);
}

TEST_F(FollowerTest, ConvergesAfterItWasItselfRestoredToAnEarlierState) {
  MemoryEventStore backup;
  const auto write = [this](int first, int last) {
    for (int i = first; i <= last; ++i) {
      source_.write("n" + std::to_string(i % 700), std::to_string(i));
    }
  };
  write(1, 1'000);
  { ASSERT_TRUE(Copy(bench_, source_, bus_, backup).reaches(1'000)); }
  write(1'001, 2'000);
  Copy never_restored(bench_, source_, bus_, store_);
  Copy restored(bench_, source_, bus_, backup);
  ASSERT_TRUE(never_restored.reaches(2'000));
  ASSERT_TRUE(restored.reaches(2'000));
  EXPECT_EQ(restored.texts(), never_restored.texts());
  EXPECT_EQ(backup.head().position, 2'000u);
}

}  // namespace
}  // namespace kkr::platform
