#include "services/platform/lease/lease_keeper.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/lease/memory_lease_table.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::chrono_literals;

template <class Condition>
bool comes_true(Condition condition) {
  for (int i = 0; i < 2'000 && !condition(); ++i) std::this_thread::sleep_for(5ms);
  return condition();
}

// A log that notes what it is told.
class NotedLog final : public LeasedLog {
 public:
  explicit NotedLog(std::string region) : region_(std::move(region)) {}

  bool lead() override {
    ++asked_to_lead;
    if (!can_lead) return false;
    EXPECT_FALSE(leads.exchange(true));
    return true;
  }
  void follow() override { leads = false; }
  void hand_over() override {
    leads = false;
    ++handed_over;
  }
  void store_grew() override { ++grew; }
  void may_write(std::uint64_t version) override { writable = version; }
  LogEnd end() const override { return {region_, "g", 7}; }
  bool is_fit() const override { return fit; }

  std::atomic<bool> leads = false, can_lead = true, fit = true;
  std::atomic<int> asked_to_lead = 0, handed_over = 0, grew = 0;
  std::atomic<std::uint64_t> writable = 0;

 private:
  const std::string region_;
};

const std::vector<std::string>& regions() {
  static const std::vector<std::string> all = {"danmark",     "hovedstaden", "midtjylland",
                                               "nordjylland", "sjaelland",   "syddanmark"};
  return all;
}

// A process with a log for each region.
class Process {
 public:
  Process(MemoryLeaseRows& rows, const std::string& name, LeaseKeeperOptions options = {})
      : table(rows), keeper(table, {name + "-1", name, name + ":1"}, quick(std::move(options))) {
    for (const std::string& region : regions()) {
      logs[region] = std::make_unique<NotedLog>(region);
      keeper.watch(region, *logs[region]);
    }
  }
  ~Process() {
    for (const std::string& region : regions()) keeper.forget(region);
  }

  std::vector<std::string> led() const {
    std::vector<std::string> led;
    for (const auto& [region, log] : logs) {
      if (log->leads) led.push_back(region);
    }
    return led;
  }

  MemoryLeaseTable table;
  std::map<std::string, std::unique_ptr<NotedLog>> logs;
  LeaseKeeper keeper;

 private:
  static LeaseKeeperOptions quick(LeaseKeeperOptions options) {
    options.service = "notebook";
    options.renew_every = 30ms;
    options.time_to_live = 300ms;
    options.placement = {.patience = 200ms, .proven_after = 100ms};
    return options;
  }
};

std::vector<std::string> placed_at(const std::string& name, const std::vector<Replica>& replicas) {
  std::vector<std::string> placed;
  for (const std::string& region : regions()) {
    if (best_placed(replicas, region)->name == name) placed.push_back(region);
  }
  return placed;
}

class LeaseKeeperTest : public testing::Test {
 protected:
  const std::vector<Replica> both_ = {{"a-1", "a", "a:1"}, {"b-1", "b", "b:1"}};
  MemoryLeaseRows rows_;
};

TEST_F(LeaseKeeperTest, LeadsEverythingWhenItIsAlone) {
  Process a(rows_, "a");
  a.keeper.start();
  EXPECT_TRUE(comes_true([&] { return a.led() == regions(); }));
  EXPECT_EQ(a.keeper.leader("danmark"), both_[0]);
  EXPECT_EQ(a.keeper.lease("danmark")->epoch(), 1u);
  EXPECT_TRUE(a.keeper.await_leader("danmark", 0ms));
}

TEST_F(LeaseKeeperTest, GivesAnotherReplicaItsShareWhenItHasProvenItself) {
  Process a(rows_, "a");
  a.keeper.start();
  ASSERT_TRUE(comes_true([&] { return a.led() == regions(); }));
  Process b(rows_, "b");
  b.keeper.start();
  ASSERT_THAT(placed_at("b", both_), testing::Not(IsEmpty()));
  EXPECT_TRUE(comes_true([&] { return b.led() == placed_at("b", both_); }));
  EXPECT_EQ(a.led(), placed_at("a", both_));
  const std::string moved = b.led().front();
  EXPECT_EQ(a.logs[moved]->handed_over, 1) << "what was under way was finished";
  EXPECT_EQ(a.keeper.lease(moved)->epoch(), 0u);
  EXPECT_TRUE(comes_true([&] { return a.keeper.leader(moved) == both_[1]; }));
}

TEST_F(LeaseKeeperTest, TakesOverFromOneThatIsHeardOfNoMore) {
  auto a = std::make_unique<Process>(rows_, "a");
  a->keeper.start();
  ASSERT_TRUE(comes_true([&] { return a->led() == regions(); }));
  Process b(rows_, "b", {});
  b.keeper.start();
  ASSERT_TRUE(comes_true([&] { return !b.led().empty(); }));
  const auto cut_off = std::chrono::steady_clock::now();
  a->table.cut_off(true);
  EXPECT_TRUE(comes_true([&] { return b.led() == regions(); }));
  EXPECT_LT(std::chrono::steady_clock::now() - cut_off, 2s);
  // The one cut off has noticed by its own clock, and asks for nothing when it is back.
  EXPECT_TRUE(comes_true([&] { return a->led().empty(); }));
  a->table.cut_off(false);
  EXPECT_TRUE(comes_true([&] { return a->led() == placed_at("a", both_); }));
  EXPECT_EQ(b.led(), placed_at("b", both_));
}

TEST_F(LeaseKeeperTest, LeadsOnWhenNobodyTookOverWhileItWasCutOff) {
  Process a(rows_, "a");
  a.keeper.start();
  ASSERT_TRUE(comes_true([&] { return a.led() == regions(); }));
  a.table.cut_off(true);
  ASSERT_TRUE(comes_true([&] { return a.led().empty(); }));
  a.table.cut_off(false);
  EXPECT_TRUE(comes_true([&] { return a.led() == regions(); }));
  EXPECT_EQ(a.keeper.lease("danmark")->epoch(), 1u);
}

TEST_F(LeaseKeeperTest, HandsEverythingOverBeforeItEnds) {
  Process a(rows_, "a");
  Process b(rows_, "b");
  a.keeper.start();
  b.keeper.start();
  ASSERT_TRUE(comes_true([&] { return !a.led().empty() && !b.led().empty(); }));
  a.keeper.hand_over(10s);
  EXPECT_THAT(a.led(), IsEmpty());
  EXPECT_TRUE(comes_true([&] { return b.led() == regions(); }));
  std::this_thread::sleep_for(100ms);
  EXPECT_THAT(a.led(), IsEmpty()) << "it takes nothing any more";
}

TEST_F(LeaseKeeperTest, LeavesItsLogsFreeAtOnceWhenItStops) {
  LeaseKeeperOptions for_ever;
  auto a = std::make_unique<Process>(rows_, "a");
  a->keeper.start();
  ASSERT_TRUE(comes_true([&] { return a->led() == regions(); }));
  a = nullptr;
  MemoryLeaseTable table(rows_);
  const auto view = table.renew(both_[1], 1s);
  EXPECT_THAT(view->replicas, ElementsAre(both_[1]));
  for (const LeaseRow& row : view->leases) EXPECT_EQ(row.holder, "") << row.region;
}

TEST_F(LeaseKeeperTest, LeavesALogThatItCannotReadToAnother) {
  Process a(rows_, "a");
  a.logs["danmark"]->fit = false;
  a.keeper.start();
  ASSERT_TRUE(comes_true([&] { return a.led().size() == regions().size() - 1; }));
  std::this_thread::sleep_for(100ms);
  EXPECT_FALSE(a.logs["danmark"]->leads);
  Process b(rows_, "b");
  b.keeper.start();
  EXPECT_TRUE(comes_true([&] { return b.logs["danmark"]->leads.load(); }));
}

TEST_F(LeaseKeeperTest, AsksAgainALogThatCouldNotLead) {
  Process a(rows_, "a");
  a.logs["danmark"]->can_lead = false;
  a.keeper.start();
  ASSERT_TRUE(comes_true([&] { return a.logs["danmark"]->asked_to_lead >= 2; }));
  EXPECT_TRUE(comes_true([&] { return a.led().size() == regions().size() - 1; }));
  a.logs["danmark"]->can_lead = true;
  EXPECT_TRUE(comes_true([&] { return a.led() == regions(); }));
}

// The store has said so, and the table was not looked at since.
TEST_F(LeaseKeeperTest, FollowsWhenTheLogIsLostAndLeadsWhenItWasNot) {
  Process a(rows_, "a");
  a.keeper.start();
  ASSERT_TRUE(comes_true([&] { return a.led() == regions(); }));
  for (int round = 0; round < 200; ++round) {
    const int before = a.logs["danmark"]->asked_to_lead;
    a.keeper.lost("danmark");
    ASSERT_TRUE(comes_true([&] { return a.logs["danmark"]->asked_to_lead > before; })) << round;
    ASSERT_TRUE(comes_true([&] { return a.led() == regions(); })) << round;
  }
}

TEST_F(LeaseKeeperTest, TellsEveryLogWhatMayBeWritten) {
  Process a(rows_, "a");
  Process b(rows_, "b");
  a.keeper.start();
  b.keeper.start();
  const auto is_told = [&](std::uint64_t version) {
    return comes_true([&] {
      return std::all_of(regions().begin(), regions().end(), [&](const std::string& region) {
        return a.logs[region]->writable == version && b.logs[region]->writable == version;
      });
    });
  };
  EXPECT_TRUE(is_told(1));
  rows_.want_write_version(2);
  EXPECT_TRUE(is_told(2));
}

TEST_F(LeaseKeeperTest, TellsAFollowingLogThatItsStoreGrewAndFindsNewOnes) {
  std::mutex mutex;
  std::vector<std::string> found;
  LeaseKeeperOptions options;
  options.discovered = [&](const std::string& region) {
    const std::lock_guard lock(mutex);
    if (found.empty()) found.push_back(region);
  };
  Process a(rows_, "a", options);
  a.logs["danmark"]->can_lead = false;
  a.keeper.start();
  rows_.set_log({"danmark", "g", 8});
  EXPECT_TRUE(comes_true([&] { return a.logs["danmark"]->grew > 0; }));
  rows_.set_log({"danmark", "g", 7});
  std::this_thread::sleep_for(60ms);
  const int grew = a.logs["danmark"]->grew;
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(a.logs["danmark"]->grew, grew) << "it knows all there is";
  rows_.set_log({"oestdanmark", "g", 1});
  EXPECT_TRUE(comes_true([&] {
    const std::lock_guard lock(mutex);
    return found == std::vector<std::string>{"oestdanmark"};
  }));
}

}  // namespace
}  // namespace kkr::platform
