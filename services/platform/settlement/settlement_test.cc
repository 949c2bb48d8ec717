#include "services/platform/settlement/settlement.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "services/platform/bus/in_process_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "tests/notebook/workbench.h"

namespace kkr::notebook {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

platform::RegionPorts ports(const std::string& service, Workbench& bench, platform::Bus& bus,
                            platform::LogDirectory& directory) {
  return {.service = service,
          .open = [service](
                      const std::string& region) -> platform::StoreResult<platform::RegionStores> {
            return platform::RegionStores{
                std::make_shared<platform::MemoryEventStore>(
                    platform::MemoryEventStore::Options{.log = service + "/" + region}),
                nullptr};
          },
          .clock = bench.clock,
          .threads = bench.threads(),
          .bus = bus,
          .directory = directory};
}

bool always(std::string_view) { return true; }

// An errand to run once at an instant.
class OneErrand final : public platform::Errands {
 public:
  std::optional<absl::Time> next_due() const override { return due; }
  void when_rested(absl::Time, std::function<void()> rested) override {
    if (is_run) return rested();
    waiting = std::move(rested);
  }

  std::optional<absl::Time> due;
  bool is_run = false;
  std::function<void()> waiting;
};

// A diary with reminders, and a copy that follows it.
class SettlementTest : public testing::Test {
 protected:
  ~SettlementTest() override {
    copies_.stop();
    diaries_.stop();
  }

  static void write(platform::RegionLog<Notebook>& log, const std::string& key, absl::Time remind) {
    std::get<Committed>(
        carry_out(log.appender(), a_command("", notebook::write(key, "text", remind))));
  }

  Workbench bench_;
  platform::InProcessBus bus_{bench_.completions};
  platform::LogDirectory directory_;
  platform::Settlement settlement_{directory_};
  platform::RegionLogs<Notebook> diaries_{
      ports("diary", bench_, bus_, directory_),
      {.knows_region = always,
       .opened = [](platform::RegionLog<Notebook>& log) { log.run_due_work(reminders()); }}};
  platform::RegionLogs<Notebook> copies_{
      ports("copy", bench_, bus_, directory_),
      {.knows_region = always, .opened = [this](platform::RegionLog<Notebook>& log) {
         log.follow("diary/hovedstaden", directory_, copy_notes());
       }}};
  std::unique_ptr<platform::Settlement::Watch> watch_diaries_ =
      settlement_.watch(diaries_, reminders().next_due);
  std::unique_ptr<platform::Settlement::Watch> watch_copies_ = settlement_.watch(copies_);
};

TEST_F(SettlementTest, ComesToRestWhenDueWorkIsDoneAndFollowed) {
  auto& diary = *diaries_.find("hovedstaden");
  auto& copy = *copies_.find("hovedstaden");
  const absl::Time later = start_of_hearing() + absl::Hours(24);
  for (int i = 0; i < 40; ++i) write(diary, "note-" + std::to_string(i), later);
  bench_.clock.advance_to(later);
  ASSERT_TRUE(settlement_.await_rest(later, steady_clock::now() + seconds(30)));
  EXPECT_EQ(diary.state()->state.reminders_passed, 40u);
  EXPECT_NE(copy.state()->state.notes.find("note-39"), nullptr);
  const auto checkpoint = copy.appender().checkpoint("diary/hovedstaden");
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->position, diary.state()->head.position);
}

TEST_F(SettlementTest, SaysWhenOnePositionHasBeenFollowed) {
  auto& diary = *diaries_.find("hovedstaden");
  auto& copy = *copies_.find("hovedstaden");
  write(diary, "minutes", absl::InfiniteFuture());
  ASSERT_TRUE(settlement_.await_followed("diary/hovedstaden", 1, bench_.clock.now(),
                                         steady_clock::now() + seconds(30)));
  EXPECT_NE(copy.state()->state.notes.find("minutes"), nullptr);
}

TEST_F(SettlementTest, GivesUpAtTheDeadline) {
  copies_.find("hovedstaden");
  EXPECT_FALSE(settlement_.await_followed("diary/hovedstaden", 1, bench_.clock.now(),
                                          steady_clock::now() + milliseconds(50)));
  const absl::Time unreached = bench_.clock.now() + absl::Hours(1);
  diaries_.find("hovedstaden");
  EXPECT_FALSE(settlement_.await_rest(unreached, steady_clock::now() + milliseconds(50)));
}

TEST_F(SettlementTest, NamesTheEarliestInstantAtWhichSomethingIsToBeDone) {
  EXPECT_EQ(settlement_.next_due(), std::nullopt);
  const absl::Time later = start_of_hearing() + absl::Hours(24);
  write(*diaries_.find("hovedstaden"), "minutes", later);
  EXPECT_EQ(settlement_.next_due(), later);
  OneErrand errand;
  const auto watch = settlement_.watch(errand);
  EXPECT_EQ(settlement_.next_due(), later);
  errand.due = start_of_hearing() + absl::Hours(1);
  EXPECT_EQ(settlement_.next_due(), errand.due);
}

TEST_F(SettlementTest, RestsWhenEveryErrandIsRun) {
  OneErrand errand;
  const auto watch = settlement_.watch(errand);
  const auto rests = [&](milliseconds within) {
    return settlement_.await_rest(bench_.clock.now(), steady_clock::now() + within);
  };
  EXPECT_FALSE(rests(milliseconds(20)));
  errand.is_run = true;
  EXPECT_TRUE(rests(milliseconds(20)));
}

TEST_F(SettlementTest, LooksAtNoServiceThatIsNotWatched) {
  diaries_.find("hovedstaden");
  copies_.find("hovedstaden");
  watch_copies_.reset();
  EXPECT_TRUE(settlement_.await_followed("diary/hovedstaden", 99, bench_.clock.now(),
                                         steady_clock::now() + seconds(30)));
}

}  // namespace
}  // namespace kkr::notebook
