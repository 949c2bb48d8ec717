// Two processes with one log whose lease changes hands all the time, also behind the back of the
// one that has it: what was acknowledged is there, nothing is there twice, and both end with the
// state the log gives.
#include <gmock/gmock.h>

#include <atomic>
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
#include "tests/notebook/replica_store.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using notebook::Committed;
using notebook::Notebook;
using notebook::Outcome;
using namespace std::chrono_literals;

int scaled(int count) { return std::getenv("KKR_LONG") == nullptr ? count : count * 20; }

struct Process {
  Process(notebook::Workbench& bench, MemoryEventStore& shared, MemoryLeaseRows& rows,
          const std::string& name)
      : self{name, name, name}, table(rows), store(shared, rows, lease) {
    AppenderOptions options;
    options.leased = true;
    options.batch_commands_max = 4;
    options.tail_events_max = 50;
    appender = bench.appender(store, options);
  }

  // Gets the lease from `other`, which hears of it only when it is told.
  void usurp(Process& other) {
    other.table.renew(other.self, 0ms);
    const auto view = table.renew(self, 1h);
    const std::uint64_t seen = view->leases.empty() ? 0 : view->leases.front().epoch;
    const auto epoch = table.take(self, "hovedstaden", seen);
    if (epoch) lease.hold(*epoch);
  }

  const Replica self;
  MemoryLeaseTable table;
  HeldLease lease;
  notebook::ReplicaStore store;
  std::unique_ptr<notebook::Appender> appender;
};

struct Told {
  std::mutex mutex;
  std::map<std::string, Committed> committed;
};

// Tries each request at one process and the other until it is carried out; repeats some.
void be_a_client(std::array<Process*, 2> processes, int number, unsigned seed, Told& told) {
  std::mt19937 random(seed + static_cast<unsigned>(number));
  for (int i = 0; i < scaled(600); ++i) {
    const bool shared = random() % 5 == 0;
    const std::string id =
        (shared ? "shared-" : "own-" + std::to_string(number) + "-") + std::to_string(i);
    const auto decide = random() % 8 == 0 ? notebook::nothing() : notebook::count_up("a");
    for (int done = 0; done < 2;) {
      const Outcome outcome =
          carry_out(*processes.at(random() % 2)->appender, a_command(id, decide));
      const auto* committed = std::get_if<Committed>(&outcome);
      if (committed == nullptr) {
        ASSERT_TRUE(std::holds_alternative<CommandFailure>(outcome));
        std::this_thread::sleep_for(100us);
        continue;
      }
      const std::lock_guard lock(told.mutex);
      const auto [first, is_new] = told.committed.emplace(id, *committed);
      EXPECT_EQ(first->second.first_position, committed->first_position) << id;
      EXPECT_EQ(first->second.last_position, committed->last_position) << id;
      done += random() % 3 == 0 ? 1 : 2;
    }
  }
}

// Until `over`: the lease goes from one to the other, with a word or without.
void swap_leases(std::array<Process*, 2> processes, unsigned seed, const std::atomic<bool>& over,
                 int& swaps) {
  std::mt19937 random(seed);
  for (std::size_t next = 0; !over; next = 1 - next, ++swaps) {
    Process& successor = *processes.at(next);
    Process& before = *processes.at(1 - next);
    const auto how = random() % 4;
    if (how == 0) before.appender->hand_over(1s);
    successor.usurp(before);
    if (how == 1) before.appender->follow();
    // What the one before has under way when it loses the lease may come after this.
    EXPECT_TRUE(successor.appender->lead(10s));
    if (random() % 3 == 0) {
      successor.store.lose_next_append(random() % 2 == 0);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 3'000));
    before.appender->follow();
    before.appender->store_grew();
  }
}

std::string request_of(const RecordedEvent& event) {
  v1::EventMetadata metadata;
  EXPECT_TRUE(metadata.ParseFromString(event.metadata));
  return metadata.request_id();
}

TEST(SwappingLease, LosesNothingAndDoesNothingTwice) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  notebook::Workbench bench;
  MemoryEventStore kept;
  MemoryLeaseRows rows;
  Process a(bench, kept, rows, "a");
  Process b(bench, kept, rows, "b");
  const std::array<Process*, 2> both{&a, &b};
  Told told;
  std::atomic<bool> over = false;
  int swaps = 0;
  std::thread swapping([&] { swap_leases(both, seed, over, swaps); });
  std::vector<std::thread> clients;
  for (int number = 0; number < 8; ++number) {
    clients.emplace_back([&, number] { be_a_client(both, number, seed, told); });
  }
  for (std::thread& client : clients) client.join();
  over = true;
  swapping.join();

  std::map<std::string, std::uint64_t> position_of;
  for (std::uint64_t next = 1; next <= kept.head().position;) {
    const auto slice = kept.read(next, kSliceMax);
    for (const RecordedEvent& event : std::get<0>(slice)) {
      EXPECT_EQ(event.position, next++);
      const bool first_time = position_of.emplace(request_of(event), event.position).second;
      EXPECT_TRUE(first_time) << request_of(event) << " was carried out twice";
    }
  }
  for (const auto& [id, committed] : told.committed) {
    const auto record = std::get<0>(kept.find_requests({id})).at(0);
    ASSERT_TRUE(record.has_value()) << id << " was acknowledged and is lost";
    EXPECT_EQ(record->first_position, committed.first_position);
    if (committed.last_position < committed.first_position) continue;
    EXPECT_EQ(position_of[id], committed.first_position) << id;
  }
  EXPECT_GT(swaps, 20) << "too little happened";
  const std::string right =
      Notebook::save_state(load_state<Notebook>(kept, "notebook/hovedstaden").state->state);
  for (Process* process : both) {
    EXPECT_FALSE(process->appender->health().read_only) << process->appender->health().sentence;
    process->usurp(process == &a ? b : a);
    process->appender->follow();
    ASSERT_TRUE(process->appender->lead(10s));
    EXPECT_EQ(Notebook::save_state(process->appender->state()->state), right);
  }
  RecordProperty("swaps", swaps);
}

}  // namespace
}  // namespace kkr::platform
