#include "services/financing/einvoice/decimal.h"

#include <gtest/gtest.h>

namespace kkr::financing::einvoice {
namespace {

using platform::Money;

TEST(Decimal, IsWrittenAsItIsRead) {
  for (const char* text : {"0", "1", "-1", "37.5", "0.05", "-0.05", "12.50", "484510.18",
                           "1000000000000000", "0.000001"}) {
    const auto number = parse_decimal(text);
    ASSERT_TRUE(number) << text;
    EXPECT_EQ(format_decimal(*number), text);
  }
}

TEST(Decimal, IsNothingElse) {
  for (const char* text : {"", "-", "+1", "01", "1.", ".5", "-0", "-0.0", "1,5", "1e3", " 1", "1 ",
                           "0.0000001", "1000000000000001", "10000000000000000", "NaN"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

TEST(Priced, IsExactUntilItIsRoundedOnce) {
  EXPECT_EQ(priced({375, 1}, {64'333, 2}, {1, 0}), Money{2'412'488});  // 24124.875
  EXPECT_EQ(priced({-375, 1}, {64'333, 2}, {1, 0}), Money{-2'412'488});
  EXPECT_EQ(priced({1234, 0}, {37'973, 2}, {100, 0}), Money{468'587});  // 4685.8682
  EXPECT_EQ(priced({1, 0}, {1, 6}, {1, 6}), Money{100});
  EXPECT_EQ(priced({1, 0}, {1, 0}, {3, 0}), Money{33});
}

TEST(Priced, KnowsItsBounds) {
  EXPECT_EQ(priced({kDigitsMax, 2}, {1, 0}, {1, 0}), platform::kMoneyMax);
  EXPECT_FALSE(priced({kDigitsMax, 0}, {1, 0}, {1, 0}));
  EXPECT_FALSE(priced({kDigitsMax, 0}, {kDigitsMax, 0}, {1, 6}));
  EXPECT_EQ(priced({kDigitsMax, 6}, {kDigitsMax, 6}, {kDigitsMax, 0}), Money{100'000});
  EXPECT_FALSE(priced({1, 0}, {1, 0}, {0, 0}));
  EXPECT_FALSE(priced({1, 0}, {1, 0}, {-1, 0}));
}

TEST(Percentage, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(percentage(Money{2}, {25, 0}), Money{1});
  EXPECT_EQ(percentage(Money{-2}, {25, 0}), Money{-1});
  EXPECT_EQ(percentage(Money{1}, {25, 0}), Money{0});
  EXPECT_EQ(percentage(Money{48'451'018}, {25, 0}), Money{12'112'755});  // 12112754.5
  EXPECT_EQ(percentage(Money{100}, {0, 0}), Money{0});
}

}  // namespace
}  // namespace kkr::financing::einvoice
