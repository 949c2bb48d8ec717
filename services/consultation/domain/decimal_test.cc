#include "services/consultation/domain/decimal.h"

#include <gtest/gtest.h>

namespace kkr::consultation {
namespace {

std::string round_trip(std::string_view text, int decimals) {
  const auto number = parse_decimal(text);
  return number ? format_decimal(*number, decimals) : "refused";
}

TEST(Decimal, IsReadAndWrittenExactly) {
  EXPECT_EQ(round_trip("0", 0), "0");
  EXPECT_EQ(round_trip("-12.50", 2), "-12.50");
  EXPECT_EQ(round_trip("007", 1), "7.0");
  EXPECT_EQ(round_trip("0.000001", 6), "0.000001");
  EXPECT_EQ(round_trip("-0", 2), "0.00");
  EXPECT_EQ(round_trip("999999999999999.999999", 6), "999999999999999.999999");
}

TEST(Decimal, RefusesWhatIsNotOne) {
  for (const char* text : {"", "-", ".5", "5.", "1,5", "+1", "1e3", " 1", "1 ", "1.2.3", "0x1",
                           "1234567890123456", "1.1234567", "--1"}) {
    EXPECT_FALSE(parse_decimal(text)) << text;
  }
}

TEST(Decimal, KnowsTheDigitsAfterThePoint) {
  EXPECT_EQ(decimals_of("12"), 0);
  EXPECT_EQ(decimals_of("12.30"), 2);
}

TEST(Decimal, DividesHalfAwayFromZero) {
  const auto mean = [](std::string_view sum, int count, int decimals) {
    return format_decimal(divided(*parse_decimal(sum), count, decimals), decimals);
  };
  EXPECT_EQ(mean("10", 3, 2), "3.33");
  EXPECT_EQ(mean("20", 3, 2), "6.67");
  EXPECT_EQ(mean("1", 8, 2), "0.13");
  EXPECT_EQ(mean("-1", 8, 2), "-0.13");
  EXPECT_EQ(mean("0.000001", 2, 8), "0.00000050");
  EXPECT_EQ(mean("999999999999999.999999", 1, 6), "999999999999999.999999");
}

TEST(Decimal, AddsWithoutLoss) {
  const Decimal tenth = *parse_decimal("0.1");
  Decimal sum;
  for (int i = 0; i < 10; ++i) sum = sum + tenth;
  EXPECT_TRUE(sum == *parse_decimal("1"));
  EXPECT_TRUE(*parse_decimal("-0.1") < tenth);
}

}  // namespace
}  // namespace kkr::consultation
