#include "services/platform/region/region_logs.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using notebook::Notebook;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsNull;
using testing::NotNull;
using testing::SizeIs;
using namespace std::chrono_literals;

class RegionLogsTest : public testing::Test {
 protected:
  RegionPorts ports(const std::string& service) {
    return {service,
            [this, service](const std::string& region) { return open(service + "/" + region); },
            bench_.clock,
            bench_.threads(),
            bus_,
            directory_};
  }
  StoreResult<RegionStores> open(const std::string& log) {
    const std::lock_guard lock(mutex_);
    ++opened_[log];
    if (damaged_.contains(log)) return StoreFailure::kDamaged;
    auto& store = stores_[log];
    if (store == nullptr) store = std::make_shared<MemoryEventStore>();
    return RegionStores{store, nullptr};
  }
  static RegionLogs<Notebook>::Options known(std::set<std::string, std::less<>> regions) {
    return {[regions](std::string_view region) { return regions.contains(region); }, {}};
  }

  notebook::Workbench bench_;
  InProcessBus bus_{bench_.completions};
  LogDirectory directory_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<MemoryEventStore>> stores_;
  std::map<std::string, int> opened_;
  std::set<std::string> damaged_;
};

TEST_F(RegionLogsTest, OpensALogForAKnownRegionOnly) {
  RegionLogs<Notebook> logs(ports("notebook"), known({"hovedstaden", "../etc", "Fyn", ""}));
  EXPECT_THAT(logs.find("fyn"), IsNull());
  EXPECT_THAT(logs.find("../etc"), IsNull()) << "an id becomes part of a file name";
  EXPECT_THAT(logs.find("Fyn"), IsNull());
  EXPECT_THAT(logs.find(""), IsNull());
  EXPECT_THAT(opened_, IsEmpty());
  auto* log = logs.find("hovedstaden");
  ASSERT_THAT(log, NotNull());
  EXPECT_EQ(log->region(), "hovedstaden");
  EXPECT_EQ(log->name(), "notebook/hovedstaden");
  EXPECT_EQ(logs.find("hovedstaden"), log);
  EXPECT_EQ(opened_["notebook/hovedstaden"], 1);
}

TEST_F(RegionLogsTest, OpensOneLogThoughManyAskAtOnce) {
  std::atomic<int> prepared = 0;
  auto options = known({"hovedstaden"});
  options.opened = [&prepared](RegionLog<Notebook>&) { ++prepared; };
  RegionLogs<Notebook> logs(ports("notebook"), options);
  std::vector<std::future<RegionLog<Notebook>*>> found;
  for (int i = 0; i < 8; ++i) {
    found.push_back(std::async(std::launch::async, [&] { return logs.find("hovedstaden"); }));
  }
  auto* const log = found.front().get();
  for (std::size_t i = 1; i < found.size(); ++i) EXPECT_EQ(found[i].get(), log);
  EXPECT_EQ(opened_["notebook/hovedstaden"], 1);
  EXPECT_EQ(prepared, 1);
}

TEST_F(RegionLogsTest, KeepsTheRegionsApart) {
  RegionLogs<Notebook> logs(ports("notebook"), known({"hovedstaden", "sjaelland"}));
  carry_out(logs.find("hovedstaden")->appender(), a_command("r1", notebook::write("a", "x")));
  carry_out(logs.find("sjaelland")->appender(),
            a_command("r1", notebook::write("b", "y"), "other"));
  EXPECT_TRUE(logs.find("hovedstaden")->state()->state.notes.contains("a"));
  EXPECT_FALSE(logs.find("hovedstaden")->state()->state.notes.contains("b"));
  std::vector<std::string> regions;
  logs.for_each([&regions](RegionLog<Notebook>& log) { regions.push_back(log.region()); });
  EXPECT_THAT(regions, ElementsAre("hovedstaden", "sjaelland"));
}

TEST_F(RegionLogsTest, ServesTheOtherRegionsWhenOneCannotBeOpened) {
  damaged_.insert("notebook/sjaelland");
  RegionLogs<Notebook> logs(ports("notebook"), known({}));
  for (const char* region : {"hovedstaden", "sjaelland"}) logs.open_existing(region);
  auto* damaged = logs.find("sjaelland");
  ASSERT_THAT(damaged, NotNull());
  EXPECT_TRUE(damaged->health().read_only);
  EXPECT_THAT(damaged->health().sentence, HasSubstr("notebook/sjaelland"));
  EXPECT_EQ(std::get<CommandFailure>(
                carry_out(damaged->appender(), a_command("r1", notebook::write("a", "x")))),
            CommandFailure::kRegionDamaged);
  EXPECT_FALSE(logs.find("hovedstaden")->health().read_only);
  EXPECT_TRUE(std::holds_alternative<notebook::Committed>(
      carry_out(logs.find("hovedstaden")->appender(), a_command("r1", notebook::write("a", "x")))));

  const auto listed = directory_.list();
  ASSERT_THAT(listed, SizeIs(2));
  EXPECT_EQ(listed[0].log, "notebook/hovedstaden");
  EXPECT_EQ(listed[0].head.position, 1u);
  EXPECT_FALSE(listed[0].health.read_only);
  EXPECT_TRUE(listed[1].health.read_only);
}

TEST_F(RegionLogsTest, ShowsItsLogsInTheDirectoryFromFirstToLast) {
  {
    RegionLogs<Notebook> logs(ports("notebook"), known({"hovedstaden"}));
    auto& appender = logs.find("hovedstaden")->appender();
    for (int i = 0; i < 10; ++i) carry_out(appender, a_command("", notebook::write("a", "x")));
    const auto all = std::get<0>(stores_["notebook/hovedstaden"]->read(1, kSliceMax));

    auto slice = std::get<LogSlice>(directory_.read("notebook/hovedstaden", 1, 3));
    EXPECT_EQ(slice.generation, all[0].generation);
    EXPECT_EQ(slice.head_position, 10u);
    EXPECT_EQ(slice.previous_hash, Hash{});
    EXPECT_THAT(slice.events, ElementsAre(all[0], all[1], all[2]));

    slice = std::get<LogSlice>(directory_.read("notebook/hovedstaden", 10, 3));
    EXPECT_EQ(slice.previous_hash, all[8].hash);
    EXPECT_THAT(slice.events, ElementsAre(all[9]));

    slice = std::get<LogSlice>(directory_.read("notebook/hovedstaden", 11, 3));
    EXPECT_EQ(slice.previous_hash, all[9].hash);
    EXPECT_THAT(slice.events, IsEmpty());

    slice = std::get<LogSlice>(directory_.read("notebook/hovedstaden", 12, 3));
    EXPECT_EQ(slice.previous_hash, std::nullopt);
    EXPECT_EQ(directory_.head("notebook/hovedstaden")->position, 10u);
  }
  EXPECT_EQ(std::get<LogReadFailure>(directory_.read("notebook/hovedstaden", 1, 3)),
            LogReadFailure::kLogUnknown);
}

// The whole of it, twice over: a national notebook, followed by a regional one with reminders.
TEST_F(RegionLogsTest, FollowsAndRemindsWhenTheLogIsOpenedSo) {
  RegionLogs<Notebook> national(ports("national"), known({"danmark"}));
  auto* source = national.find("danmark");
  carry_out(source->appender(), a_command("r1", notebook::write("a", "x")));

  auto options = known({"hovedstaden"});
  options.opened = [this](RegionLog<Notebook>& log) {
    log.follow("national/danmark", directory_, notebook::copy_notes());
    log.run_due_work(notebook::reminders());
  };
  RegionLogs<Notebook> regional(ports("regional"), options);
  auto* copy = regional.find("hovedstaden");
  carry_out(source->appender(), a_command("r2", notebook::write("b", "y")));
  std::promise<void> caught_up;
  copy->followers().at(0)->loop().when_caught_up(2, [&caught_up] { caught_up.set_value(); });
  ASSERT_EQ(caught_up.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(copy->state()->state.notes.find("b")->text, "y");
  EXPECT_EQ(copy->state()->state.notes.find("b")->written_by, "regional");

  const absl::Time later = bench_.clock.now() + absl::Hours(1);
  carry_out(copy->appender(), a_command("r3", notebook::write("own-c", "z", later)));
  bench_.clock.advance_to(later);
  std::promise<void> quiet;
  copy->due_work()->loop().when_quiesced(later, [&quiet] { quiet.set_value(); });
  ASSERT_EQ(quiet.get_future().wait_for(10s), std::future_status::ready);
  EXPECT_EQ(copy->state()->state.reminders_passed, 1u);

  regional.stop();
  national.stop();
  EXPECT_EQ(copy->state()->state.notes.size(), 3u) << "reads go on after the stop";
  EXPECT_EQ(std::get<CommandFailure>(
                carry_out(copy->appender(), a_command("r4", notebook::write("d", "x")))),
            CommandFailure::kShuttingDown);
}

TEST(RegionId, IsWhatMayBecomePartOfAFileName) {
  for (const auto good : {"danmark", "hovedstaden", "a", "region-2027"}) {
    EXPECT_TRUE(is_region_id(good)) << good;
  }
  for (const auto bad : {"", "-a", "2a", "A", "a b", "a/b", "..", "a.b", "ø", "a_b"}) {
    EXPECT_FALSE(is_region_id(bad)) << bad;
  }
  EXPECT_TRUE(is_region_id(std::string(63, 'a')));
  EXPECT_FALSE(is_region_id(std::string(64, 'a')));
}

}  // namespace
}  // namespace kkr::platform
