#include "services/platform/money/money.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace kkr::platform {
namespace {

constexpr Money kLargest{std::numeric_limits<std::int64_t>::max()};
constexpr Money kSmallest{std::numeric_limits<std::int64_t>::min()};

TEST(ParseMoney, TakesKronerWithTwoDecimalsOrNone) {
  const struct {
    const char* text;
    std::int64_t ore;
  } rows[] = {{"484510.18", 48451018},
              {"0.00", 0},
              {"0", 0},
              {"0.05", 5},
              {"-0.05", -5},
              {"1500000", 150000000},
              {"-12.00", -1200},
              {"10000000000000.00", kMoneyMax.ore},
              {"-10000000000000.00", -kMoneyMax.ore}};
  for (const auto& row : rows) EXPECT_EQ(parse_money(row.text), Money{row.ore}) << row.text;
}

TEST(ParseMoney, RefusesEverythingElse) {
  for (const char* text : {"",
                           "-",
                           ".",
                           "1.",
                           ".50",
                           "1.5",
                           "1.505",
                           "1,50",
                           "1.500,00",
                           "+1.00",
                           " 1.00",
                           "1.00 ",
                           "1e5",
                           "01.00",
                           "00",
                           "-0",
                           "-0.00",
                           "--1",
                           "1.0a",
                           "1.-5",
                           "1.00.00",
                           "0x10",
                           "NaN",
                           "10000000000000.01",
                           "99999999999999.99",
                           "100000000000000",
                           "184467440737095516.17"}) {
    EXPECT_EQ(parse_money(text), std::nullopt) << text;
  }
}

TEST(ParseDanishMoney, TakesPointsAtEveryThousandOrNowhere) {
  const struct {
    const char* text;
    std::int64_t ore;
  } rows[] = {{"484.510,18", 48451018},
              {"484510,18", 48451018},
              {"1.500.000,00", 150000000},
              {"-1.500,05", -150005},
              {"0,05", 5},
              {"-12,00", -1200},
              {"1.500", 150000},
              {"1500", 150000}};
  for (const auto& row : rows) EXPECT_EQ(parse_danish_money(row.text), Money{row.ore}) << row.text;
  for (const char* text :
       {"", ",", "484.510.18", "484,510.18", "48451.018,00", "4845.10,18", "1.50,00", ".500,00",
        "-.500,00", "1500.000,00", "1.500000,00", "0.500,00", "1,5", "1,505", "1..500,00",
        "1.500,000.00", "1.500.", "484510.18"}) {
    EXPECT_EQ(parse_danish_money(text), std::nullopt) << text;
  }
}

TEST(FormatMoney, WritesForMachinesAndForDanes) {
  const struct {
    std::int64_t ore;
    const char* plain;
    const char* danish;
  } rows[] = {{0, "0.00", "0,00"},
              {5, "0.05", "0,05"},
              {-5, "-0.05", "-0,05"},
              {99999, "999.99", "999,99"},
              {100000, "1000.00", "1.000,00"},
              {48451018, "484510.18", "484.510,18"},
              {-150000000, "-1500000.00", "-1.500.000,00"},
              {kSmallest.ore, "-92233720368547758.08", "-92.233.720.368.547.758,08"}};
  for (const auto& row : rows) {
    EXPECT_EQ(format_money({row.ore}), row.plain);
    EXPECT_EQ(format_danish_money({row.ore}), row.danish);
  }
}

RC_GTEST_PROP(FormatMoney, IsReadBackAsTheSameAmount, ()) {
  const Money amount{*rc::gen::inRange(-kMoneyMax.ore, kMoneyMax.ore + 1)};
  RC_ASSERT(parse_money(format_money(amount)) == amount);
  RC_ASSERT(parse_danish_money(format_danish_money(amount)) == amount);
}

TEST(CheckedSum, SaysWhenTheResultDoesNotFit) {
  EXPECT_EQ(checked_sum(kLargest, Money{1}), std::nullopt);
  EXPECT_EQ(checked_sum(kSmallest, Money{-1}), std::nullopt);
  EXPECT_EQ(checked_difference(kSmallest, Money{1}), std::nullopt);
  EXPECT_EQ(checked_difference(Money{0}, kSmallest), std::nullopt);
  EXPECT_EQ(checked_sum(kLargest, kSmallest), Money{-1});
  EXPECT_EQ(checked_difference(kLargest, Money{1}), Money{kLargest.ore - 1});
}

TEST(Money, AddsAndSubtracts) {
  EXPECT_EQ(Money{3} + Money{4} - Money{10}, Money{-3});
  EXPECT_EQ(magnitude(Money{-3}), Money{3});
  EXPECT_EQ(-Money{3}, Money{-3});
}

TEST(MoneyDeathTest, WouldRatherStopThanWrapRound) {
  EXPECT_DEATH((void)(kLargest + Money{1}), "");
  EXPECT_DEATH((void)-kSmallest, "");
}

}  // namespace
}  // namespace kkr::platform
