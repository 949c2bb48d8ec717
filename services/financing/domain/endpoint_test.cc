#include "services/financing/domain/endpoint.h"

#include <gtest/gtest.h>

namespace kkr::financing {
namespace {

const Endpoint kEan{EndpointScheme::kEan, "5798009811578"};
const Endpoint kCvr{EndpointScheme::kCvr, "66137112"};

TEST(ParseEndpoint, TakesNumbersThatFitTheirScheme) {
  EXPECT_EQ(parse_endpoint("0088", "5798009811578"), kEan);
  EXPECT_EQ(parse_endpoint("0184", "66137112"), kCvr);
  EXPECT_EQ(parse_endpoint("0088", "5798009811579"), std::nullopt);
  EXPECT_EQ(parse_endpoint("0184", "66137113"), std::nullopt);
  EXPECT_EQ(parse_endpoint("0088", "66137112"), std::nullopt);
  EXPECT_EQ(parse_endpoint("0184", "5798009811578"), std::nullopt);
  EXPECT_EQ(parse_endpoint("0088", ""), std::nullopt);
  EXPECT_EQ(parse_endpoint("9999", "66137112"), std::nullopt);
  EXPECT_EQ(parse_endpoint("", ""), std::nullopt);
}

TEST(EndpointOf, PrefersTheEan) {
  EXPECT_EQ(endpoint_of("5798009811578", "66137112"), kEan);
  EXPECT_EQ(endpoint_of("", "66137112"), kCvr);
  EXPECT_EQ(endpoint_of("5798009811579", "66137112"), std::nullopt);
  EXPECT_EQ(endpoint_of("", ""), std::nullopt);
}

TEST(SchemeCode, IsTheOneOfTheNumber) {
  EXPECT_EQ(scheme_code(kEan.scheme), "0088");
  EXPECT_EQ(scheme_code(kCvr.scheme), "0184");
}

}  // namespace
}  // namespace kkr::financing
