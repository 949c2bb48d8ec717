#include "services/platform/time/local_date.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(ParseDate, ReadsExactlyOneForm) {
  EXPECT_EQ(parse_date("2013-03-19"), LocalDate(2013, 3, 19));
  EXPECT_EQ(parse_date("2024-02-29"), LocalDate(2024, 2, 29));
  for (const char* text : {"", "2013-3-19", "2013/03/19", "2013-02-29", "2013-13-01", "2013-00-10",
                           "2013-01-00", "1899-12-31", "3000-01-01", "+013-01-01", "2013-01-1x",
                           "2013-01-011", " 013-01-01", "20130-1-01"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
}

TEST(ParseDate, ReadsWhatFormatDateWrites) {
  EXPECT_EQ(format_date(LocalDate(2013, 3, 9)), "2013-03-09");
  for (LocalDate date(2012, 2, 1); date < LocalDate(2013, 4, 1); ++date) {
    EXPECT_EQ(parse_date(format_date(date)), date);
  }
}

TEST(EndOf, IsTheNextLocalMidnightAlsoWhenTheClocksChange) {
  EXPECT_EQ(end_of(LocalDate(2013, 3, 19)),
            absl::FromCivil(absl::CivilSecond(2013, 3, 19, 23), absl::UTCTimeZone()));
  EXPECT_EQ(end_of(LocalDate(2013, 3, 31)) - start_of(LocalDate(2013, 3, 31)), absl::Hours(23));
  EXPECT_EQ(end_of(LocalDate(2013, 10, 27)) - start_of(LocalDate(2013, 10, 27)), absl::Hours(25));
}

TEST(AtHour, FollowsTheClocksOnTheWall) {
  EXPECT_EQ(absl::FormatTime(at_hour(LocalDate(2013, 3, 5), 9), absl::UTCTimeZone()),
            "2013-03-05T08:00:00+00:00");
  // 02:00 to 03:00 is left out on 31 March and comes twice on 27 October.
  EXPECT_EQ(absl::FormatTime(at_hour(LocalDate(2013, 3, 31), 2), absl::UTCTimeZone()),
            "2013-03-31T01:00:00+00:00");
  EXPECT_EQ(absl::FormatTime(at_hour(LocalDate(2013, 10, 27), 2), absl::UTCTimeZone()),
            "2013-10-27T00:00:00+00:00");
}

TEST(LocalDateOf, ChangesAtLocalMidnight) {
  const absl::Time midnight = end_of(LocalDate(2013, 6, 30));
  EXPECT_EQ(local_date_of(midnight - absl::Nanoseconds(1)), LocalDate(2013, 6, 30));
  EXPECT_EQ(local_date_of(midnight), LocalDate(2013, 7, 1));
}

}  // namespace
}  // namespace kkr::platform
