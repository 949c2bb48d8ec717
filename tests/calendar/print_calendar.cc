// Prints one calendar with an entry for each quarter of an hour around both changes of summer time,
// and for each day of two years; the entries' names say which instants they mean.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "services/platform/calendar/calendar.h"
#include "services/platform/time/local_date.h"

namespace kkr::platform {
namespace {

CalendarEntry entry_between(absl::Time starts_at, absl::Time ends_at) {
  CalendarEntry entry;
  entry.uid = fmt::format("{}-{}@kkr.example", absl::ToUnixSeconds(starts_at),
                          absl::ToUnixSeconds(ends_at));
  entry.starts_at = starts_at;
  entry.ends_at = ends_at;
  entry.changed_at = starts_at;
  entry.summary = "Frist: høringssvar, \"Nordstjerne\"; 😀";
  return entry;
}

std::vector<CalendarEntry> entries() {
  std::vector<CalendarEntry> all;
  for (LocalDate date(2013); date.year() < 2015; ++date)
    all.push_back(entry_between(start_of(date), end_of(date)));
  for (const LocalDate change : {LocalDate(2013, 3, 31), LocalDate(2013, 10, 27),
                                 LocalDate(2026, 3, 29), LocalDate(2026, 10, 25)}) {
    for (absl::Time at = start_of(change); at < end_of(change); at += absl::Minutes(15))
      all.push_back(entry_between(at, at + absl::Minutes(15)));
  }
  return all;
}

}  // namespace
}  // namespace kkr::platform

int main() {
  const std::string calendar = kkr::platform::calendar_feed(
      "Frister", {"KKR", "kkr@hovedstaden.example"}, kkr::platform::entries());
  return std::fwrite(calendar.data(), 1, calendar.size(), stdout) == calendar.size() ? 0 : 1;
}
