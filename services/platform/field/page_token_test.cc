#include "services/platform/field/page_token.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(PageToken, GoesOnWhereItWasMade) {
  const std::string token = make_page_token("rounds?state=open", "round-7");
  EXPECT_EQ(read_page_token("rounds?state=open", token), "round-7");
  EXPECT_EQ(token.find("round"), std::string::npos) << "a token is opaque";
}

TEST(PageToken, IsOfNoUseForAnotherList) {
  const std::string token = make_page_token("rounds?state=open", "round-7");
  EXPECT_FALSE(read_page_token("rounds?state=closed", token));
}

TEST(PageToken, RefusesWhatWasNotMadeHere) {
  std::string token = make_page_token("rounds", "round-7");
  token.back() = token.back() == 'A' ? 'B' : 'A';
  EXPECT_FALSE(read_page_token("rounds", token));
  EXPECT_FALSE(read_page_token("rounds", "round-7"));
  EXPECT_FALSE(read_page_token("rounds", "%%%"));
  EXPECT_FALSE(read_page_token("rounds", std::string(100000, 'A')));
}

TEST(PageSizeOf, IsBounded) {
  EXPECT_EQ(page_size_of(0), 100u);
  EXPECT_EQ(page_size_of(7), 7u);
  EXPECT_EQ(page_size_of(1000), 1000u);
  EXPECT_EQ(page_size_of(1001), 1000u);
  EXPECT_EQ(page_size_of(-1), std::nullopt);
}

}  // namespace
}  // namespace kkr::platform
