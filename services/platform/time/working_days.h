// Which days municipalities work: no weekend, no Danish public holiday, and not the three days on
// which town halls are closed by custom. Pure arithmetic on dates.
#pragma once

#include "services/platform/time/local_date.h"

namespace kkr::platform {

// Easter Sunday of a year in the Gregorian calendar.
LocalDate easter_sunday(int year);

// The public holidays by law (Store Bededag until 2023), and 5 June, 24 and 31 December.
bool is_holiday(LocalDate date);

// Monday to Friday and no holiday.
bool is_working_day(LocalDate date);

// How many working days lie in [from, until); 0 when `until` is not after `from`.
int working_days_between(LocalDate from, LocalDate until);

// `date` itself when it is a working day, else the last one before it.
LocalDate working_day_on_or_before(LocalDate date);

// `date` itself when it is a working day, else the first one after it.
LocalDate working_day_on_or_after(LocalDate date);

}  // namespace kkr::platform
