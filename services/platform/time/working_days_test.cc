#include "services/platform/time/working_days.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(EasterSunday, AgreesWithTheAlmanac) {
  const LocalDate almanac[] = {LocalDate(1961, 4, 2),  LocalDate(2000, 4, 23),
                               LocalDate(2008, 3, 23), LocalDate(2011, 4, 24),
                               LocalDate(2013, 3, 31), LocalDate(2019, 4, 21),
                               LocalDate(2023, 4, 9),  LocalDate(2024, 3, 31),
                               LocalDate(2026, 4, 5),  LocalDate(2038, 4, 25)};
  for (const LocalDate easter : almanac) {
    EXPECT_EQ(easter_sunday(static_cast<int>(easter.year())), easter);
  }
}

TEST(IsHoliday, KnowsTheDaysOf2013) {
  for (const char* day : {"2013-01-01", "2013-03-28", "2013-03-29", "2013-03-31", "2013-04-01",
                          "2013-04-26", "2013-05-09", "2013-05-19", "2013-05-20", "2013-06-05",
                          "2013-12-24", "2013-12-25", "2013-12-26", "2013-12-31"}) {
    EXPECT_TRUE(is_holiday(*parse_date(day))) << day;
  }
  for (const char* day : {"2013-03-27", "2013-04-02", "2013-05-01", "2013-05-10", "2013-12-27"}) {
    EXPECT_FALSE(is_holiday(*parse_date(day))) << day;
  }
}

TEST(IsHoliday, HeldStoreBededagUntil2023) {
  EXPECT_TRUE(is_holiday(LocalDate(2023, 5, 5)));
  EXPECT_FALSE(is_holiday(LocalDate(2024, 4, 26)));
}

TEST(WorkingDaysBetween, CountsTheHearingOf2013) {
  // Opened on 6 February, deadline 19 March: 29 working days and the day of the deadline.
  EXPECT_EQ(working_days_between(LocalDate(2013, 2, 6), LocalDate(2013, 3, 19)), 29);
  EXPECT_EQ(working_days_between(LocalDate(2013, 3, 25), LocalDate(2013, 4, 3)), 4);
  EXPECT_EQ(working_days_between(LocalDate(2013, 3, 19), LocalDate(2013, 3, 19)), 0);
  EXPECT_EQ(working_days_between(LocalDate(2013, 3, 19), LocalDate(2013, 3, 1)), 0);
}

TEST(WorkingDay, IsFoundBeforeAndAfterEaster) {
  EXPECT_EQ(working_day_on_or_before(LocalDate(2013, 4, 1)), LocalDate(2013, 3, 27));
  EXPECT_EQ(working_day_on_or_before(LocalDate(2013, 3, 27)), LocalDate(2013, 3, 27));
  EXPECT_EQ(working_day_on_or_after(LocalDate(2013, 3, 28)), LocalDate(2013, 4, 2));
}

}  // namespace
}  // namespace kkr::platform
