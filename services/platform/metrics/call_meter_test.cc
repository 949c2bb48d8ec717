#include "services/platform/metrics/call_meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/metrics/metrics.h"

namespace kkr::platform {
namespace {

using ::testing::HasSubstr;

TEST(CallMeter, CountsByCodeAndTimesEveryCall) {
  CallMeter meter("toy", "AddNote");
  meter.count(grpc::StatusCode::OK, std::chrono::milliseconds(3));
  meter.count(grpc::StatusCode::OK, std::chrono::milliseconds(3));
  meter.count(grpc::StatusCode::NOT_FOUND, std::chrono::seconds(30));

  const std::string text = metrics_text();
  EXPECT_THAT(text, HasSubstr("kkr_calls_total{code=\"OK\",method=\"AddNote\",service=\"toy\"} 2"));
  EXPECT_THAT(
      text, HasSubstr("kkr_calls_total{code=\"NOT_FOUND\",method=\"AddNote\",service=\"toy\"} 1"));
  EXPECT_THAT(text, HasSubstr("kkr_call_seconds_count{method=\"AddNote\",service=\"toy\"} 3"));
}

TEST(CallMeter, MayBeMadeTwiceForTheSameMethod) {
  CallMeter one("toy", "Twice");
  CallMeter two("toy", "Twice");
  one.count(grpc::StatusCode::OK, {});
  two.count(grpc::StatusCode::OK, {});
  EXPECT_THAT(metrics_text(),
              HasSubstr("kkr_calls_total{code=\"OK\",method=\"Twice\",service=\"toy\"} 2"));
}

}  // namespace
}  // namespace kkr::platform
