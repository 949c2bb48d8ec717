#include "services/platform/time/local_date.h"

#include <charconv>
#include <cstdlib>

#include "absl/strings/str_format.h"

namespace kkr::platform {
namespace {

absl::TimeZone load_copenhagen() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/Copenhagen", &zone)) std::abort();
  return zone;
}

// The number the digits at [from, from + count) spell; nullopt when one of them is no digit.
std::optional<int> number_at(std::string_view text, std::size_t from, std::size_t count) {
  unsigned number = 0;  // Unsigned: a sign is not a digit.
  const char* end = text.data() + from + count;
  const auto [stop, error] = std::from_chars(text.data() + from, end, number);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return static_cast<int>(number);
}

}  // namespace

absl::TimeZone copenhagen() {
  static const absl::TimeZone zone = load_copenhagen();
  return zone;
}

std::optional<LocalDate> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = number_at(text, 0, 4);
  const auto month = number_at(text, 5, 2);
  const auto day = number_at(text, 8, 2);
  if (!year || !month || !day || *year < 1900 || *year > 2999) return std::nullopt;
  const LocalDate date(*year, *month, *day);
  // A civil day normalises 31 February to 3 March; such a day was not what was written.
  if (date.month() != *month || date.day() != *day) return std::nullopt;
  return date;
}

std::string format_date(LocalDate date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

absl::Time start_of(LocalDate date) { return absl::FromCivil(date, copenhagen()); }

absl::Time end_of(LocalDate date) { return start_of(date + 1); }

absl::Time at_hour(LocalDate date, int hour) {
  return absl::FromCivil(absl::CivilHour(date) + hour, copenhagen());
}

LocalDate local_date_of(absl::Time instant) { return absl::ToCivilDay(instant, copenhagen()); }

}  // namespace kkr::platform
