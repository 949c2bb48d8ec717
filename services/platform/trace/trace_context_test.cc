#include "services/platform/trace/trace_context.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

constexpr std::string_view kHeader = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(ParseTraceparent, ReadsTheExampleOfTheSpecification) {
  const auto context = parse_traceparent(kHeader);
  ASSERT_TRUE(context);
  EXPECT_EQ(context->trace_id_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(context->traceparent(), kHeader);
}

TEST(ParseTraceparent, ReadsTheFirstFieldsOfALaterVersion) {
  const auto context =
      parse_traceparent("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-later");
  ASSERT_TRUE(context);
  EXPECT_EQ(context->trace_id_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
}

TEST(ParseTraceparent, RefusesWhatTheSpecificationRefuses) {
  const std::string_view rows[] = {
      "",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
      "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
      "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
      "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
      "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
      "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz",
  };
  for (const auto row : rows) EXPECT_FALSE(parse_traceparent(row)) << row;
}

TEST(ContinueTrace, KeepsTheTraceAndGivesItsOwnSpan) {
  const TraceContext context = continue_trace(kHeader);
  EXPECT_EQ(context.trace_id_text(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_NE(context.traceparent(), kHeader);
  EXPECT_TRUE(parse_traceparent(context.traceparent()));
}

TEST(ContinueTrace, StartsATraceWhereNoneCameIn) {
  const TraceContext one = continue_trace("nonsense");
  const TraceContext two = continue_trace("");
  EXPECT_TRUE(parse_traceparent(one.traceparent()));
  EXPECT_NE(one.trace_id_text(), two.trace_id_text());
}

}  // namespace
}  // namespace kkr::platform
