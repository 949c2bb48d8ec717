#include "services/platform/time/working_days.h"

#include <algorithm>
#include <array>

namespace kkr::platform {
namespace {

// Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day,
// Whit Sunday and Monday.
constexpr std::array kEasterOffsets = {-3, -2, 0, 1, 39, 49, 50};
constexpr int kStoreBededagOffset = 26;
constexpr int kStoreBededagLastYear = 2023;

struct MonthDay {
  int month;
  int day;
};
constexpr std::array<MonthDay, 6> kFixedHolidays = {
    {{1, 1}, {6, 5}, {12, 24}, {12, 25}, {12, 26}, {12, 31}}};

}  // namespace

LocalDate easter_sunday(int year) {
  // The anonymous Gregorian algorithm (Meeus, Jones, Butcher).
  const int golden = year % 19;
  const int century = year / 100;
  const int year_of_century = year % 100;
  const int leap_correction = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - leap_correction + 15) % 30;
  const int weekday =
      (32 + 2 * (century % 4) + 2 * (year_of_century / 4) - epact - year_of_century % 4) % 7;
  const int late = (golden + 11 * epact + 22 * weekday) / 451;
  const int days = epact + weekday - 7 * late + 114;
  return LocalDate(year, days / 31, days % 31 + 1);
}

bool is_holiday(LocalDate date) {
  const bool fixed = std::any_of(
      kFixedHolidays.begin(), kFixedHolidays.end(),
      [date](MonthDay day) { return date.month() == day.month && date.day() == day.day; });
  if (fixed) return true;
  const int year = static_cast<int>(date.year());
  const auto from_easter = date - easter_sunday(year);
  if (from_easter == kStoreBededagOffset) return year <= kStoreBededagLastYear;
  return std::any_of(kEasterOffsets.begin(), kEasterOffsets.end(),
                     [from_easter](int offset) { return from_easter == offset; });
}

bool is_working_day(LocalDate date) {
  const absl::Weekday weekday = absl::GetWeekday(date);
  if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) return false;
  return !is_holiday(date);
}

int working_days_between(LocalDate from, LocalDate until) {
  int days = 0;
  for (LocalDate date = from; date < until; ++date) days += is_working_day(date) ? 1 : 0;
  return days;
}

LocalDate working_day_on_or_before(LocalDate date) {
  while (!is_working_day(date)) --date;
  return date;
}

LocalDate working_day_on_or_after(LocalDate date) {
  while (!is_working_day(date)) ++date;
  return date;
}

}  // namespace kkr::platform
