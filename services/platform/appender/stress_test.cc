// Many threads and a store that fails: what was acknowledged is there, nothing is there twice, and
// the state is the one the log gives.
#include <gmock/gmock.h>

#include <cstdlib>
#include <future>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "kkr/platform/v1/event_log.pb.h"
#include "tests/notebook/appender_fixture.h"
#include "tests/notebook/forwarding_store.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using notebook::Committed;
using notebook::Notebook;
using notebook::Outcome;

int scaled(int count) { return std::getenv("KKR_LONG") == nullptr ? count : count * 20; }

// Fails a third of its transactions, each way there is, and now and then a look-up.
class FailingStore final : public notebook::ForwardingStore {
 public:
  FailingStore(MemoryEventStore& store, unsigned seed)
      : ForwardingStore(store), store_(store), random_(seed) {}

  StoreResult<std::vector<RecordedEvent>> append(const Batch& batch) override {
    switch (dice(12)) {
      case 0: store_.fail_next_append(StoreFailure::kStorageFull); break;
      case 1: store_.fail_next_append(StoreFailure::kUnavailable); break;
      case 2: store_.fail_next_append(StoreFailure::kOutcomeUnknown, true); break;
      case 3: store_.fail_next_append(StoreFailure::kOutcomeUnknown, false); break;
      default: break;
    }
    return ForwardingStore::append(batch);
  }
  StoreResult<LogHead> recover() override {
    if (dice(2) == 0) return StoreFailure::kUnavailable;
    return ForwardingStore::recover();
  }
  StoreResult<std::vector<std::optional<RequestRecord>>> find_requests(
      const std::vector<std::string>& ids) override {
    if (dice(30) == 0) return StoreFailure::kUnavailable;
    return ForwardingStore::find_requests(ids);
  }

 private:
  unsigned dice(unsigned sides) {
    const std::lock_guard lock(mutex_);
    return static_cast<unsigned>(random_() % sides);
  }

  MemoryEventStore& store_;
  std::mutex mutex_;
  std::mt19937 random_;
};

std::vector<RecordedEvent> whole_log(EventStore& store) {
  std::vector<RecordedEvent> log;
  while (log.size() < store.head().position) {
    auto slice = std::get<0>(store.read(log.size() + 1, kSliceMax));
    for (RecordedEvent& event : slice) log.push_back(std::move(event));
  }
  return log;
}

std::string request_of(const RecordedEvent& event) {
  v1::EventMetadata metadata;
  EXPECT_TRUE(metadata.ParseFromString(event.metadata));
  return metadata.request_id();
}

TEST(AppenderStress, TwentyThreadsWithOneRequestGiveOneEvent) {
  notebook::Workbench bench;
  MemoryEventStore store;
  const auto appender = bench.appender(store);
  for (int round = 1; round <= scaled(50); ++round) {
    std::vector<std::future<Outcome>> outcomes;
    for (int i = 0; i < 20; ++i) {
      outcomes.push_back(std::async(std::launch::async, [&] {
        return carry_out(*appender,
                         a_command("r" + std::to_string(round), notebook::count_up("a")));
      }));
    }
    int first_times = 0;
    for (auto& future : outcomes) {
      const Outcome outcome = future.get();
      ASSERT_TRUE(std::holds_alternative<Committed>(outcome));
      const auto& committed = std::get<Committed>(outcome);
      EXPECT_EQ(committed.first_position, static_cast<std::uint64_t>(round));
      EXPECT_EQ(committed.last_position, static_cast<std::uint64_t>(round));
      if (!committed.retried) ++first_times;
    }
    EXPECT_EQ(first_times, 1);
  }
  EXPECT_EQ(store.head().position, static_cast<std::uint64_t>(scaled(50)));
}

// What the threads were told, by request.
struct Told {
  std::mutex mutex;
  std::map<std::string, Committed> committed;
};

// Submits requests of its own and, now and then, one that others submit too; tries some of them
// again, as a client does that was told to.
void be_a_client(notebook::Appender& appender, int number, unsigned seed, Told& told) {
  std::mt19937 random(seed + static_cast<unsigned>(number));
  for (int i = 0; i < scaled(150); ++i) {
    const bool shared = random() % 5 == 0;
    const std::string id =
        (shared ? "shared-" : "own-" + std::to_string(number) + "-") + std::to_string(i);
    const auto decide = random() % 8 == 0 ? notebook::nothing() : notebook::count_up("a");
    for (auto attempts = random() % 4; attempts < 4; ++attempts) {
      const Outcome outcome = carry_out(appender, a_command(id, decide));
      const std::lock_guard lock(told.mutex);
      if (const auto* committed = std::get_if<Committed>(&outcome)) {
        const auto [first, is_new] = told.committed.emplace(id, *committed);
        EXPECT_EQ(first->second.first_position, committed->first_position) << id;
        EXPECT_EQ(first->second.last_position, committed->last_position) << id;
        break;
      }
      ASSERT_TRUE(std::holds_alternative<CommandFailure>(outcome));
    }
  }
}

TEST(AppenderStress, WhatWasAcknowledgedIsThereOnceThoughTheStoreFails) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  notebook::Workbench bench;
  MemoryEventStore kept;
  FailingStore store(kept, seed);
  AppenderOptions options;
  options.batch_commands_max = 4;
  options.tail_events_max = 50;
  const auto appender = bench.appender(store, options);
  Told told;
  std::vector<std::thread> clients;
  for (int number = 0; number < 8; ++number) {
    clients.emplace_back([&, number] { be_a_client(*appender, number, seed, told); });
  }
  for (std::thread& client : clients) client.join();

  const auto log = whole_log(kept);
  std::map<std::string, std::uint64_t> position_of;
  for (const RecordedEvent& event : log) {
    const bool first_time = position_of.emplace(request_of(event), event.position).second;
    EXPECT_TRUE(first_time) << request_of(event) << " was carried out twice";
  }
  for (const auto& [id, committed] : told.committed) {
    const auto record = std::get<0>(kept.find_requests({id})).at(0);
    ASSERT_TRUE(record.has_value()) << id << " was acknowledged and is lost";
    EXPECT_EQ(record->first_position, committed.first_position);
    if (committed.last_position < committed.first_position) continue;
    EXPECT_EQ(position_of[id], committed.first_position) << id;
  }
  EXPECT_FALSE(appender->health().read_only) << appender->health().sentence;
  EXPECT_GT(told.committed.size(), 300u) << "too little happened";
  appender->drain();
  const auto state = appender->state();
  EXPECT_EQ(state->head.position, state->state.notes.find("a")->writes);
  // The last batch may have been committed with an outcome the appender never learnt.
  EXPECT_LE(state->head.position, log.size());
  if (state->head.position == log.size()) {
    EXPECT_EQ(Notebook::save_state(state->state),
              Notebook::save_state(load_state<Notebook>(kept, "n/h").state->state));
  }
}

}  // namespace
}  // namespace kkr::platform
