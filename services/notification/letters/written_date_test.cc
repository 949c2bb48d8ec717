#include "services/notification/letters/written_date.h"

#include <gtest/gtest.h>

namespace kkr::notification {
namespace {

using enum Tongue;

TEST(WrittenDay, NamesTheWeekday) {
  EXPECT_EQ(written_day("2013-03-19", kDanish), "tirsdag den 19. marts 2013");
  EXPECT_EQ(written_day("2013-03-19", kEnglish), "Tuesday 19 March 2013");
  EXPECT_EQ(written_day("2013-03-24", kDanish), "søndag den 24. marts 2013");
  EXPECT_EQ(written_day("2013-01-07", kEnglish), "Monday 7 January 2013");
  EXPECT_EQ(written_day("", kDanish), "");
}

TEST(WrittenDistance, CountsLocalDays) {
  const struct {
    const char* date;
    const char* danish;
    const char* english;
  } rows[] = {
      {"2013-03-19", "om 14 dage", "in 14 days"},
      {"2013-03-07", "om 2 dage", "in 2 days"},
      {"2013-03-06", "i morgen", "tomorrow"},
      {"2013-03-05", "i dag", "today"},
      {"2013-03-04", "i går", "yesterday"},
      {"2013-03-03", "for 2 dage siden", "2 days ago"},
      {"", "", ""},
  };
  for (const auto& row : rows) {
    const platform::LocalDate today(2013, 3, 5);
    EXPECT_EQ(written_distance(today, row.date, kDanish), row.danish);
    EXPECT_EQ(written_distance(today, row.date, kEnglish), row.english);
  }
}

TEST(WrittenAmount, HasTheSeparatorsOfTheLanguage) {
  EXPECT_EQ(written_amount("484510.18", kDanish), "484.510,18");
  EXPECT_EQ(written_amount("1484510.18", kEnglish), "1,484,510.18");
  EXPECT_EQ(written_amount("much", kEnglish), "much");
}

}  // namespace
}  // namespace kkr::notification
