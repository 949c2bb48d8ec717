#include "gateway/text/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

using ::testing::ElementsAre;

TEST(Text, SplitsKeepingEmptyParts) {
  EXPECT_THAT(split("a//b", '/'), ElementsAre("a", "", "b"));
  EXPECT_THAT(split("", '/'), ElementsAre(""));
  EXPECT_THAT(split("a/", '/'), ElementsAre("a", ""));
}

TEST(Text, TrimsBothEnds) {
  EXPECT_EQ(trim(" \ta b \t"), "a b");
  EXPECT_EQ(trim(" \t"), "");
  EXPECT_EQ(trim(""), "");
}

TEST(Text, ComparesAsciiIgnoringCase) {
  EXPECT_TRUE(equals_ignoring_case("Keep-Alive", "keep-alive"));
  EXPECT_FALSE(equals_ignoring_case("close", "closed"));
}

}  // namespace
}  // namespace kkr::gateway
