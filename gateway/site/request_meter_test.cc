#include "gateway/site/request_meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/platform/metrics/metrics.h"

namespace kkr::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(RequestMeter, CountsByMethodAndStatusAndTimesThemAll) {
  RequestMeter meter;
  meter.count("GET", 200, std::chrono::milliseconds(3));
  meter.count("GET", 200, std::chrono::milliseconds(3));
  meter.count("POST", 503, std::chrono::seconds(20));
  const std::string text = platform::metrics_text();
  EXPECT_THAT(text, HasSubstr("kkr_http_requests_total{method=\"GET\",status=\"200\"} 2"));
  EXPECT_THAT(text, HasSubstr("kkr_http_requests_total{method=\"POST\",status=\"503\"} 1"));
  EXPECT_THAT(text, HasSubstr("kkr_http_seconds_count 3"));
  EXPECT_THAT(text, HasSubstr("kkr_http_seconds_bucket{le=\"10\"} 2"));
}

TEST(RequestMeter, GivesNoClientALabelOfItsChoice) {
  RequestMeter meter;
  meter.count("BREW\"} 1", 405, {});
  meter.count("GET", 99999, {});
  const std::string text = platform::metrics_text();
  EXPECT_THAT(text, HasSubstr("kkr_http_requests_total{method=\"other\",status=\"405\"} 1"));
  EXPECT_THAT(text, HasSubstr("kkr_http_requests_total{method=\"GET\",status=\"599\"} 1"));
  EXPECT_THAT(text, Not(HasSubstr("BREW")));
}

}  // namespace
}  // namespace kkr::gateway
