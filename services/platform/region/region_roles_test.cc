// Two processes with the same regions: who leads, who follows, and how it passes from one to the
// other.
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/lease/lease_keeper.h"
#include "services/platform/lease/memory_lease_table.h"
#include "services/platform/region/region_logs.h"
#include "tests/notebook/replica_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using notebook::Notebook;
using namespace std::chrono_literals;

constexpr auto kRegion = "hovedstaden";

template <class Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 2'000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

// What the processes share.
struct Cluster {
  notebook::Workbench bench;
  InProcessBus bus{bench.completions};
  LogDirectory sources;
  MemoryEventStore store;
  MemoryLeaseRows rows;
};

class Process {
 public:
  Process(Cluster& cluster, const std::string& name)
      : table(cluster.rows),
        keeper(table, {name + "-1", name, name + ":1"}, quick()),
        cluster_(cluster),
        logs(ports(), {.knows_region = [](std::string_view region) { return region == kRegion; },
                       .opened = [this](RegionLog<Notebook>& log) { set_to_work(log); }}) {
    keeper.start();
  }
  ~Process() { end(); }

  void end() {
    keeper.hand_over(5s);
    logs.stop();
    keeper.stop();
  }

  RegionLog<Notebook>& log() { return *logs.find(kRegion); }
  bool leads() { return log().leading(); }
  std::string text_of(const std::string& key) {
    const auto note = log().state()->state.notes.find(key);
    return note == nullptr ? "" : note->text;
  }

  MemoryLeaseTable table;
  LeaseKeeper keeper;
  std::atomic<int> on_duty = 0;

 private:
  static LeaseKeeperOptions quick() {
    return {.service = "notebook",
            .renew_every = 20ms,
            .time_to_live = 300ms,
            .placement = {.patience = 100ms, .proven_after = 10s}};
  }

  RegionPorts ports() {
    return {.service = "notebook",
            .open =
                [this](const std::string& region) {
                  return StoreResult<RegionStores>(RegionStores{
                      std::make_shared<notebook::ReplicaStore>(cluster_.store, cluster_.rows,
                                                               *keeper.lease(region), region),
                      nullptr});
                },
            .clock = cluster_.bench.clock,
            .threads = cluster_.bench.threads(),
            .bus = cluster_.bus,
            .directory = directory_,
            .roles = &keeper};
  }

  void set_to_work(RegionLog<Notebook>& log) {
    log.follow("source/hovedstaden", cluster_.sources, notebook::copy_notes());
    log.run_due_work(notebook::reminders());
    log.while_leading([this] { EXPECT_EQ(++on_duty, 1); }, [this] { EXPECT_EQ(--on_duty, 0); });
  }

  Cluster& cluster_;
  LogDirectory directory_;

 public:
  RegionLogs<Notebook> logs;
};

class RegionRolesTest : public testing::Test {
 protected:
  // Tries at both, as who is told to try again does, until it is carried out.
  void write(const std::string& key, const std::string& text) {
    const std::string id = "r" + std::to_string(++requests_);
    ASSERT_TRUE(comes_true([&] {
      for (Process* process : {a_.get(), b_.get()}) {
        if (process == nullptr) continue;
        const auto outcome =
            carry_out(process->log().appender(), a_command(id, notebook::write(key, text)));
        if (outcome.index() == 0) return true;
      }
      return false;
    }));
  }
  // The log that both follow.
  std::unique_ptr<RegionLogs<Notebook>> a_source() {
    RegionPorts ports{
        .service = "source",
        .open =
            [this](const std::string&) {
              return StoreResult<RegionStores>(RegionStores{
                  std::shared_ptr<EventStore>(&source_store_, [](EventStore*) {}), nullptr});
            },
        .clock = cluster_.bench.clock,
        .threads = cluster_.bench.threads(),
        .bus = cluster_.bus,
        .directory = cluster_.sources};
    return std::make_unique<RegionLogs<Notebook>>(
        std::move(ports), RegionLogs<Notebook>::Options{[](std::string_view) { return true; }, {}});
  }
  void start_both() {
    a_ = std::make_unique<Process>(cluster_, "a");
    a_->log();
    ASSERT_TRUE(comes_true([this] { return a_->leads(); }));
    b_ = std::make_unique<Process>(cluster_, "b");
    b_->log();
  }

  Cluster cluster_;
  MemoryEventStore source_store_;
  std::unique_ptr<Process> a_, b_;
  int requests_ = 0;
};

TEST_F(RegionRolesTest, OneLeadsAndTheOtherFollowsAndDoesNothing) {
  start_both();
  write("n", "by a");
  EXPECT_TRUE(comes_true([this] { return b_->text_of("n") == "by a"; }));
  EXPECT_FALSE(b_->leads());
  EXPECT_EQ(a_->on_duty, 1);
  EXPECT_EQ(b_->on_duty, 0);
  EXPECT_EQ(b_->keeper.leader(kRegion)->name, "a");
}

TEST_F(RegionRolesTest, TheFirstCommandOfANewRegionFindsALeader) {
  a_ = std::make_unique<Process>(cluster_, "a");
  const auto outcome =
      carry_out(a_->log().appender(), a_command("r1", notebook::write("n", "first")));
  EXPECT_EQ(outcome.index(), 0u);
}

TEST_F(RegionRolesTest, ADutyPassesToWhoTakesOver) {
  start_both();
  write("n", "before");
  a_->table.cut_off(true);
  EXPECT_TRUE(comes_true([this] { return b_->leads() && !a_->leads(); }));
  EXPECT_EQ(a_->on_duty, 0);
  EXPECT_EQ(b_->on_duty, 1);
  write("n", "by b");
  a_->table.cut_off(false);
  EXPECT_TRUE(comes_true([this] { return a_->text_of("n") == "by b"; }));
}

TEST_F(RegionRolesTest, AProcessThatEndsHandsOverAndNothingIsLost) {
  start_both();
  std::atomic<bool> over = false;
  std::thread ending([&] {
    std::this_thread::sleep_for(20ms);
    a_->keeper.hand_over(5s);
    over = true;
  });
  int written = 0;
  for (; !over || written < 50; ++written) write("n", std::to_string(written));
  ending.join();
  EXPECT_TRUE(comes_true([this] { return b_->leads(); }));
  EXPECT_FALSE(a_->leads());
  EXPECT_EQ(cluster_.store.head().position, static_cast<std::uint64_t>(written));
}

TEST_F(RegionRolesTest, DueWorkAndWhatIsFollowedAreTakenInOnceByWhoeverLeads) {
  const auto source = a_source();
  auto& source_log = *source->find(kRegion);
  start_both();
  write("n", "remind me");
  for (int round = 0; round < 4; ++round) {
    const std::string key = "copied-" + std::to_string(round);
    carry_out(source_log.appender(), a_command(key, notebook::write(key, "x")));
    const auto at = cluster_.bench.clock.now() + absl::Seconds(10);
    carry_out((a_->leads() ? a_ : b_)->log().appender(),
              a_command("remind-" + key, notebook::write("reminded-" + key, "x", at)));
    Process& before = a_->leads() ? *a_ : *b_;
    Process& after = a_->leads() ? *b_ : *a_;
    if (round % 2 == 0) before.table.cut_off(true);
    ASSERT_TRUE(comes_true([&] { return after.leads() || round % 2 == 1; }));
    before.table.cut_off(false);
    cluster_.bench.clock.advance_to(at);
    ASSERT_TRUE(comes_true([&] {
      const auto state = after.log().state();
      return state->state.notes.find(key) != nullptr &&
             state->state.reminders_passed == static_cast<std::uint64_t>(round + 1);
    })) << round;
  }
  std::map<std::string, int> types;
  const auto log = cluster_.store.read(1, kSliceMax);
  for (const RecordedEvent& event : std::get<0>(log)) ++types[event.type];
  EXPECT_EQ(types["reminder_passed"], 4);
  EXPECT_EQ(types["note_written"], 1 + 4 + 4);
}

}  // namespace
}  // namespace kkr::platform
