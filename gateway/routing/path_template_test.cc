#include "gateway/routing/path_template.h"

#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

TEST(PathTemplate, ReadsVariablesVerbAndRest) {
  const auto path = parse_path_template("/v1/{name=regions/*/rounds/*}/{file=**}:close");
  ASSERT_TRUE(path.ok()) << path.status();
  ASSERT_EQ(path->segments.size(), 6U);
  EXPECT_EQ(path->segments[1].literal, "regions");
  EXPECT_EQ(path->segments[5].kind, Segment::Kind::kRest);
  ASSERT_EQ(path->variables.size(), 2U);
  EXPECT_EQ(path->variables[0].field_path, "name");
  EXPECT_EQ(path->variables[0].first_segment, 1U);
  EXPECT_EQ(path->variables[0].segment_count, 4U);
  EXPECT_FALSE(path->variables[0].reaches_end);
  EXPECT_TRUE(path->variables[1].reaches_end);
  EXPECT_EQ(path->verb, "close");
}

TEST(PathTemplate, RefusesWhatTheGrammarDoesNotAllow) {
  for (const char* text : {"", "v1", "/", "/v1/", "/v1//x", "/{}", "/{name", "/{name=}",
                           "/v1:", "/**/x", "/{a={b}}", "/v1}", "/*x", "/v1:a:b"})
    EXPECT_FALSE(parse_path_template(text).ok()) << text;
}

}  // namespace
}  // namespace kkr::gateway
