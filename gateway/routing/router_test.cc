#include "gateway/routing/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

using Outcome = RouteMatch::Outcome;
using ::testing::ElementsAre;
using ::testing::Pair;

class RouterTest : public ::testing::Test {
 protected:
  void SetUp() override {
    add("GET", "/v1/{name=regions/*}");
    add("GET", "/v1/regions/danmark");
    add("GET", "/v1/{name=regions/*/rounds/*}");
    add("PATCH", "/v1/{round.name=regions/*/rounds/*}");
    add("POST", "/v1/{name=regions/*/rounds/*}:close");
    add("GET", "/v1/{name=files/**}");
    add("GET", "/v1/{parent=regions/*}/rounds/{round}/answers/{answer}");
    add("GET", "/v1/regions/{region}:stream");
  }

  void add(std::string_view method, std::string_view text) {
    auto path = parse_path_template(text);
    ASSERT_TRUE(path.ok()) << path.status();
    ASSERT_TRUE(router_.add(method, *std::move(path), routes_++).ok()) << text;
  }

  Router router_;
  std::size_t routes_ = 0;
};

TEST_F(RouterTest, BindsVariablesAcrossSegments) {
  const auto match = router_.match("GET", "/v1/regions/hovedstaden/rounds/7");
  ASSERT_EQ(match.outcome, Outcome::kFound);
  EXPECT_EQ(match.route, 2U);
  EXPECT_THAT(match.variables, ElementsAre(Pair("name", "regions/hovedstaden/rounds/7")));
}

TEST_F(RouterTest, PrefersLiteralToStarToRest) {
  EXPECT_EQ(router_.match("GET", "/v1/regions/danmark").route, 1U);
  EXPECT_EQ(router_.match("GET", "/v1/regions/sjaelland").route, 0U);
  EXPECT_EQ(router_.match("GET", "/v1/files/a/b/c").route, 5U);
  EXPECT_THAT(router_.match("GET", "/v1/files/a/b").variables,
              ElementsAre(Pair("name", "files/a/b")));
}

TEST_F(RouterTest, KnowsVerbsAndLetsOtherColonsBe) {
  EXPECT_EQ(router_.match("POST", "/v1/regions/x/rounds/7:close").route, 4U);
  EXPECT_EQ(router_.match("GET", "/v1/regions/x:stream").route, 7U);
  const auto plain = router_.match("GET", "/v1/regions/x/rounds/7:8");
  ASSERT_EQ(plain.outcome, Outcome::kFound);
  EXPECT_EQ(plain.variables[0].second, "regions/x/rounds/7:8");
}

TEST_F(RouterTest, SaysWhichMethodsAPathHas) {
  const auto match = router_.match("DELETE", "/v1/regions/x/rounds/7");
  EXPECT_EQ(match.outcome, Outcome::kNoSuchMethod);
  EXPECT_THAT(match.allowed, ElementsAre("GET", "PATCH"));
}

TEST_F(RouterTest, DecodesButAddsNoSegment) {
  EXPECT_THAT(router_.match("GET", "/v1/regions/%C3%B8st/rounds/a%2Fb").variables,
              ElementsAre(Pair("name", "regions/\xc3\xb8st/rounds/a%2Fb")));
  EXPECT_THAT(router_.match("GET", "/v1/regions/x/rounds/a%2Fb/answers/1").variables,
              ElementsAre(Pair("parent", "regions/x"), Pair("round", "a/b"), Pair("answer", "1")));
  EXPECT_EQ(router_.match("GET", "/v1/regions/%zz").outcome, Outcome::kBadEscape);
}

TEST_F(RouterTest, KnowsNoOtherPath) {
  for (const char* path :
       {"", "/", "v1/regions/x", "/v1", "/v1/regions/", "/v1/regions//rounds/1",
        "/v1/regions/x/rounds", "/v1/regions/x/", "/v2/regions/x", "/v1/regions:"})
    EXPECT_EQ(router_.match("GET", path).outcome, Outcome::kNoSuchPath) << path;
}

TEST_F(RouterTest, RefusesTwoRoutesNoRequestCouldTellApart) {
  EXPECT_FALSE(router_.add("GET", *parse_path_template("/v1/{other=regions/*}"), 99).ok());
}

}  // namespace
}  // namespace kkr::gateway
