#include "services/platform/log/log_limit.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace kkr::platform {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::steady_clock::time_point kBegin{};

TEST(LogLimit, WritesSoManyLinesOfAMessageInASecond) {
  LogLimit limit(2);
  EXPECT_EQ(limit.admit("the store failed", kBegin), 0);
  EXPECT_EQ(limit.admit("the store failed", kBegin + milliseconds(1)), 0);
  EXPECT_EQ(limit.admit("the store failed", kBegin + milliseconds(2)), std::nullopt);
  EXPECT_EQ(limit.admit("the bus is gone", kBegin + milliseconds(3)), 0) << "another message";
}

TEST(LogLimit, SaysHowManyWereLeftOut) {
  LogLimit limit(1);
  EXPECT_EQ(limit.admit("the store failed", kBegin), 0);
  for (int i = 1; i < 1000; ++i) {
    EXPECT_EQ(limit.admit("the store failed", kBegin + milliseconds(i)), std::nullopt);
  }
  EXPECT_EQ(limit.admit("the store failed", kBegin + milliseconds(1000)), 999);
  EXPECT_EQ(limit.admit("the store failed", kBegin + milliseconds(2000)), 0) << "said once";
}

TEST(LogLimit, RemembersABoundedNumberOfMessages) {
  LogLimit limit(1);
  for (int i = 0; i < 100'000; ++i) EXPECT_EQ(limit.admit(std::to_string(i), kBegin), 0);
}

}  // namespace
}  // namespace kkr::platform
