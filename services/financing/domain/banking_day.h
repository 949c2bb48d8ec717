// The days on which Danish banks move money: the working days, without the Friday after Ascension.
// Pure arithmetic on dates.
#pragma once

#include "services/platform/time/local_date.h"

namespace kkr::financing {

using platform::LocalDate;

bool is_banking_day(LocalDate date);

// `date` itself when it is a banking day, else the first one after it.
LocalDate banking_day_on_or_after(LocalDate date);

}  // namespace kkr::financing
