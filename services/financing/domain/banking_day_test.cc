#include "services/financing/domain/banking_day.h"

#include <gtest/gtest.h>

namespace kkr::financing {
namespace {

TEST(BankingDay, IsNoneOnTheDaysBanksClose) {
  for (const LocalDate day :
       {LocalDate(2013, 1, 1), LocalDate(2013, 3, 28), LocalDate(2013, 3, 29),
        LocalDate(2013, 4, 1), LocalDate(2013, 4, 26), LocalDate(2013, 5, 9),
        LocalDate(2013, 5, 10), LocalDate(2013, 5, 20), LocalDate(2013, 6, 5),
        LocalDate(2013, 12, 24), LocalDate(2013, 12, 25), LocalDate(2013, 12, 26),
        LocalDate(2013, 12, 31), LocalDate(2013, 6, 8), LocalDate(2013, 6, 9),
        LocalDate(2027, 5, 7)}) {
    EXPECT_FALSE(is_banking_day(day)) << day;
  }
  for (const LocalDate day : {LocalDate(2013, 1, 2), LocalDate(2013, 5, 1), LocalDate(2013, 5, 8),
                              LocalDate(2013, 12, 27), LocalDate(2024, 4, 26)}) {
    EXPECT_TRUE(is_banking_day(day)) << day;
  }
}

TEST(BankingDay, IsFoundAfterALongWeekend) {
  EXPECT_EQ(banking_day_on_or_after(LocalDate(2013, 5, 9)), LocalDate(2013, 5, 13));
  EXPECT_EQ(banking_day_on_or_after(LocalDate(2013, 5, 13)), LocalDate(2013, 5, 13));
  EXPECT_EQ(banking_day_on_or_after(LocalDate(2013, 12, 31)), LocalDate(2014, 1, 2));
}

}  // namespace
}  // namespace kkr::financing
