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

// The date of `YYYY-MM-DD`, four-digit years 1900 to 2999; nullopt for anything else, also for
// days that do not exist.
std::optional<LocalDate> parse_date(std::string_view text);
std::string format_date(LocalDate date);  // YYYY-MM-DD

// The first instant of the local day, and the first instant after it.
absl::Time start_of(LocalDate date);
absl::Time end_of(LocalDate date);
// The local day an instant falls on.
LocalDate local_date_of(absl::Time instant);

// Monday to Friday and no Danish public holiday. Store Bededag was one until 2023; 5 June,
// 24 and 31 December are counted as days off in municipalities.
bool is_working_day(LocalDate date);
// Working days in [from, to).
int working_days_between(LocalDate from, LocalDate to);
// `date` itself when it is a working day, else the last one before it.
LocalDate working_day_on_or_before(LocalDate date);

}  // namespace kkr::platform
