#include "gateway/routing/percent.h"

#include <gtest/gtest.h>

namespace kkr::gateway {
namespace {

TEST(Percent, DecodesByRule) {
  std::string decoded;
  EXPECT_TRUE(percent_decode("a%2Fb+%C3%A6", PercentRule::kAll, decoded));
  EXPECT_EQ(decoded, "a/b+\xc3\xa6");
  EXPECT_TRUE(percent_decode("a%2fb%20c", PercentRule::kKeepSlash, decoded));
  EXPECT_EQ(decoded, "a%2Fb c");
  EXPECT_TRUE(percent_decode("a+b%2B", PercentRule::kForm, decoded));
  EXPECT_EQ(decoded, "a b+");
}

TEST(Percent, RefusesBrokenEscapesAndBadUtf8) {
  std::string decoded;
  for (const char* text : {"%", "%4", "%zz", "x%", "%ff", "%C3"})
    EXPECT_FALSE(percent_decode(text, PercentRule::kAll, decoded)) << text;
}

TEST(Percent, MetadataIsVisibleAsciiWhateverTheClientSent) {
  EXPECT_EQ(percent_encode_for_metadata("S\xc3\xb8ren 100%"), "S%C3%B8ren%20100%25");
  EXPECT_EQ(percent_encode_for_metadata("S%C3%B8ren"), "S%C3%B8ren");
}

}  // namespace
}  // namespace kkr::gateway
