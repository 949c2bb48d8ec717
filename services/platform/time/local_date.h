// Local days in Europe/Copenhagen. A deadline is a local date and is over at the next local
// midnight, exclusive. Pure but for the time zone rules, which the system's tzdata supplies.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace kkr::platform {

using LocalDate = absl::CivilDay;

// Europe/Copenhagen. Aborts when the system has no time zone rules: nothing can be right then.
absl::TimeZone copenhagen();

// The date written as `YYYY-MM-DD`, years 1900 to 2999; nullopt for anything else, also for days
// that do not exist.
std::optional<LocalDate> parse_date(std::string_view text);
// `YYYY-MM-DD`.
std::string format_date(LocalDate date);

// The first instant of the local day.
absl::Time start_of(LocalDate date);
// The first instant after the local day.
absl::Time end_of(LocalDate date);
// The instant at which the clocks of the day show the full hour, 0 to 23; an hour that summer time
// leaves out counts as the next one, one that comes twice as the first.
absl::Time at_hour(LocalDate date, int hour);
// The local day an instant falls on.
LocalDate local_date_of(absl::Time instant);

}  // namespace kkr::platform
