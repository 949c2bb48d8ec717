#include "gateway/site/replies.h"

#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

TEST(Etag, ChangesWithEveryByte) {
  EXPECT_EQ(etag_of("a"), etag_of("a"));
  EXPECT_NE(etag_of("a"), etag_of("b"));
  EXPECT_EQ(etag_of("").size(), 34U);
}

TEST(Etag, IsFoundInAList) {
  EXPECT_TRUE(matches_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(matches_etag("\"b\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches_etag("*", "\"a\""));
  EXPECT_FALSE(matches_etag("", "\"a\""));
  EXPECT_FALSE(matches_etag("a", "\"a\""));
}

TEST(MethodNotAllowed, SaysWhatIs) {
  const auto refused = method_not_allowed("DELETE", {"GET", "PATCH"});
  EXPECT_EQ(refused.status, 405);
  EXPECT_NE(refused.head.text.find("Allow: GET, HEAD, PATCH, OPTIONS\r\n"), std::string_view::npos);
  const auto options = method_not_allowed("OPTIONS", {"POST"});
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.head.text, "Allow: POST, OPTIONS\r\n");
}

TEST(MakeResponse, SaysWhenToComeBack) {
  const auto response = make_response(http::Refusal::kTooManyClients);
  EXPECT_EQ(response.status, 503);
  EXPECT_NE(response.head.text.find("Retry-After: 1\r\n"), std::string_view::npos);
}

TEST(HeadFor, LetsAFileDoNothingOnThisSite) {
  EXPECT_NE(head_for("text/html").find("sandbox"), std::string::npos);
}

}  // namespace
}  // namespace kkr::gateway
