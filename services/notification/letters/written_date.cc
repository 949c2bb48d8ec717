#include "services/notification/letters/written_date.h"

#include <array>
#include <cstdlib>

#include "services/platform/money/money.h"
#include "services/platform/time/danish_date.h"

namespace kkr::notification {
namespace {

constexpr std::array<const char*, 12> kMonths = {"January",   "February", "March",    "April",
                                                 "May",       "June",     "July",     "August",
                                                 "September", "October",  "November", "December"};
constexpr std::array<const char*, 7> kDays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                              "Friday", "Saturday", "Sunday"};
constexpr std::array<const char*, 7> kDage = {"mandag", "tirsdag", "onsdag", "torsdag",
                                              "fredag", "lørdag",  "søndag"};

std::size_t weekday_of(platform::LocalDate date) {
  return static_cast<std::size_t>(absl::GetWeekday(date));  // Monday is 0.
}

}  // namespace

Tongue tongue_of(const std::string& language) {
  return language == "en" ? Tongue::kEnglish : Tongue::kDanish;
}

std::string written_date(const std::string& date, Tongue tongue) {
  if (tongue == Tongue::kDanish) return platform::danish_date(date);
  const auto parsed = platform::parse_date(date);
  if (!parsed) return date;
  return std::to_string(parsed->day()) + " " +
         kMonths[static_cast<std::size_t>(parsed->month() - 1)] + " " +
         std::to_string(parsed->year());
}

std::string written_day(const std::string& date, Tongue tongue) {
  const auto parsed = platform::parse_date(date);
  if (!parsed) return date;
  const std::size_t weekday = weekday_of(*parsed);
  return tongue == Tongue::kDanish ? kDage[weekday] + (" den " + written_date(date, tongue))
                                   : kDays[weekday] + (" " + written_date(date, tongue));
}

std::string written_distance(platform::LocalDate today, const std::string& date, Tongue tongue) {
  const auto parsed = platform::parse_date(date);
  if (!parsed) return {};
  const auto days = *parsed - today;
  const bool danish = tongue == Tongue::kDanish;
  if (days == 0) return danish ? "i dag" : "today";
  if (days == 1) return danish ? "i morgen" : "tomorrow";
  const std::string count = std::to_string(std::abs(days));
  if (days > 0) return danish ? "om " + count + " dage" : "in " + count + " days";
  if (days == -1) return danish ? "i går" : "yesterday";
  return danish ? "for " + count + " dage siden" : count + " days ago";
}

std::string written_amount(const std::string& amount, Tongue tongue) {
  const auto money = platform::parse_money(amount);
  if (!money) return amount;
  std::string written = platform::format_danish_money(*money);
  if (tongue == Tongue::kDanish) return written;
  for (char& c : written) {
    if (c == '.') {
      c = ',';
    } else if (c == ',') {
      c = '.';
    }
  }
  return written;
}

}  // namespace kkr::notification
