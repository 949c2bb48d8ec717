#include "services/platform/appender/log_meter.h"

#include <gmock/gmock.h>

#include "services/platform/metrics/metrics.h"
#include "tests/notebook/appender_fixture.h"

namespace kkr::platform {
namespace {

using notebook::a_command;
using notebook::carry_out;
using testing::HasSubstr;

TEST(LogMeter, CountsWhatCommandsCameTo) {
  notebook::Workbench bench;
  MemoryEventStore store;
  const auto appender = bench.appender(store, {.log = "notebook/metered"});
  carry_out(*appender, a_command("r1", notebook::create("a", "x")));
  carry_out(*appender, a_command("r1", notebook::create("a", "x")));
  carry_out(*appender, a_command("r2", notebook::create("a", "x")));
  carry_out(*appender, a_command("r1", notebook::create("a", "x"), "other"));
  appender->drain();
  carry_out(*appender, a_command("r3", notebook::create("b", "x")));
  const std::string text = metrics_text();
  for (const auto outcome :
       {"committed", "retried", "refused", "request_reused", "shutting_down"}) {
    EXPECT_THAT(text, HasSubstr("kkr_commands_total{log=\"notebook/metered\",outcome=\"" +
                                std::string(outcome) + "\"} 1"));
  }
  EXPECT_THAT(text, HasSubstr("kkr_batch_commands_count{log=\"notebook/metered\"} 4"));
  EXPECT_THAT(text, HasSubstr("kkr_commit_seconds_count{log=\"notebook/metered\"} 1"));
}

// The names stand in the order of the enumerators.
TEST(LogMeter, KnowsTheLastFailureByItsName) {
  LogMeter meter("notebook/names");
  meter.outcome(CommandFailure::kNotHolder);
  meter.outcome(CommandFailure::kStoreUnavailable);
  EXPECT_THAT(metrics_text(), HasSubstr("{log=\"notebook/names\",outcome=\"not_holder\"} 1"));
  EXPECT_THAT(metrics_text(),
              HasSubstr("{log=\"notebook/names\",outcome=\"store_unavailable\"} 1"));
}

}  // namespace
}  // namespace kkr::platform
