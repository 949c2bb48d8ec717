#include "services/platform/log/log.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace kkr::platform {
namespace {

std::vector<nlohmann::json> lines_logged_by(void (*act)()) {
  testing::internal::CaptureStderr();
  start_json_logs(LogLevel::kInfo);
  act();
  std::vector<nlohmann::json> lines;
  std::string text = testing::internal::GetCapturedStderr();
  for (std::size_t end; (end = text.find('\n')) != std::string::npos; text.erase(0, end + 1)) {
    lines.push_back(nlohmann::json::parse(text.substr(0, end)));
  }
  return lines;
}

TEST(Log, WritesOneJsonObjectPerRecord) {
  const auto lines = lines_logged_by([] {
    log(LogLevel::kWarning, "the region is \"read-only\"\nfrom now on",
        {{"region", "hovedstaden"}, {"position", 7}, {"draining", true}});
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["level"], "warning");
  EXPECT_EQ(lines[0]["message"], "the region is \"read-only\"\nfrom now on");
  EXPECT_EQ(lines[0]["region"], "hovedstaden");
  EXPECT_EQ(lines[0]["position"], 7);
  EXPECT_EQ(lines[0]["draining"], true);
  EXPECT_EQ(lines[0]["time"].get<std::string>().back(), 'Z');
}

TEST(Log, CarriesTheTraceOfTheThread) {
  const auto lines = lines_logged_by([] {
    const TraceContext outer =
        continue_trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    const LogTrace trace(outer);
    { const LogTrace inner(new_trace()); }
    log(LogLevel::kInfo, "within");
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["trace_id"], "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(Log, LeavesOutWhatIsBelowTheLeastLevelAndTheTraceWhereThereIsNone) {
  const auto lines = lines_logged_by([] {
    log(LogLevel::kDebug, "too small");
    log(LogLevel::kInfo, "large enough");
  });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["message"], "large enough");
  EXPECT_FALSE(lines[0].contains("trace_id"));
}

TEST(Log, LeavesOutWhatComesTooOften) {
  const auto lines = lines_logged_by([] {
    for (int i = 0; i < 1000; ++i) log(LogLevel::kWarning, "the store failed a batch");
  });
  EXPECT_GE(lines.size(), 100u);
  EXPECT_LT(lines.size(), 1000u);
}

TEST(Log, ReplacesBytesThatAreNoText) {
  const auto lines = lines_logged_by([] { log(LogLevel::kError, "broken \xff byte"); });
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0]["message"], "broken \xEF\xBF\xBD byte");
}

}  // namespace
}  // namespace kkr::platform
