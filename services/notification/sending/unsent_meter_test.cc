#include "services/notification/sending/unsent_meter.h"

#include <gmock/gmock.h>

#include <chrono>

#include "services/notification/sending/sqlite_send_table.h"
#include "services/platform/metrics/metrics.h"
#include "tests/contract/temporary_folder.h"
#include "tests/waiting/comes_true.h"

namespace kkr::notification {
namespace {

using testing::HasSubstr;

const absl::Time kDue = absl::FromUnixSeconds(1'362'380'400);

const SendKey kKey{"REMINDER", "r", "municipalities/165", ""};

class UnsentTest : public testing::Test {
 protected:
  UnsentTest() {
    auto opened = SqliteSendTable::open({folder_.path("sends.db"), "notification/hovedstaden"});
    table_ = std::get<std::unique_ptr<SqliteSendTable>>(std::move(opened));
    table_->dispatch({{{"g", 1, {}}, {{kKey, "165", "r", kDue, "", ""}}, {}}}, kDue);
  }

  std::optional<absl::Time> oldest(absl::Time at) {
    return std::get<std::optional<absl::Time>>(table_->oldest_unsent(at));
  }
  void lease(absl::Time site_now) {
    const auto taken = table_->lease({.holder = "a",
                                      .machine_now = absl::InfiniteFuture(),
                                      .expires_at = absl::FromUnixSeconds(4'000'000'000),
                                      .site_now = site_now});
    ASSERT_THAT(std::get<std::vector<Send>>(taken), testing::SizeIs(1));
  }
  void settle(SendState state, const char* why, std::optional<absl::Time> held_until = {}) {
    const auto settled = table_->settle("a", {{.id = id_of("hovedstaden", kKey),
                                               .transition = {state, why, 0, "", kDue},
                                               .next_attempt_at = absl::FromUnixSeconds(1),
                                               .held_until = held_until}});
    ASSERT_EQ(std::get<std::size_t>(settled), 1U);
  }

  platform::TemporaryFolder folder_;
  std::unique_ptr<SqliteSendTable> table_;
};

TEST_F(UnsentTest, ASendWaitsFromItsInstantUntilItHasGone) {
  EXPECT_EQ(oldest(kDue - absl::Seconds(1)), std::nullopt) << "it is not due yet";
  EXPECT_EQ(oldest(kDue + absl::Hours(1)), kDue);
  lease(kDue);
  EXPECT_EQ(oldest(kDue + absl::Hours(1)), kDue) << "it is on its way, not gone";
  settle(SendState::kDeferred, reason::kTryAgain);
  EXPECT_EQ(oldest(kDue + absl::Hours(2)), kDue) << "a try that failed changes nothing";
  lease(kDue);
  settle(SendState::kSent, reason::kAccepted);
  EXPECT_EQ(oldest(kDue + absl::Hours(3)), std::nullopt);
}

TEST_F(UnsentTest, WhatIsHeldOnPurposeWaitsFromItsRelease) {
  lease(kDue);
  settle(SendState::kDeferred, reason::kDigest, kDue + absl::Hours(24));
  EXPECT_EQ(oldest(kDue + absl::Hours(23)), std::nullopt);
  EXPECT_EQ(oldest(kDue + absl::Hours(25)), kDue + absl::Hours(24));
}

TEST_F(UnsentTest, TheMeterFollowsTheTableAndSaysNothingOnceItHasStopped) {
  platform::DemoClock clock(kDue + absl::Minutes(20));
  platform::WorkerPool pool(1);
  UnsentMeter meter("notification/hovedstaden", *table_, clock, pool, std::chrono::milliseconds(1));
  const auto shows = [](const std::string& seconds) {
    return platform::metrics_text().find(
               "kkr_oldest_unsent_seconds{log=\"notification/hovedstaden\"} " + seconds + "\n") !=
           std::string::npos;
  };
  meter.start();
  EXPECT_TRUE(waiting::comes_true([&] { return shows("1200"); }));
  lease(kDue);
  settle(SendState::kSent, reason::kAccepted);
  EXPECT_TRUE(waiting::comes_true([&] { return shows("0"); }));
  meter.stop();
  EXPECT_TRUE(shows("0"));
}

}  // namespace
}  // namespace kkr::notification
