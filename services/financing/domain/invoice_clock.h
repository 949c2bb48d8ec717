// When an invoice must have been paid before it is dunned. Pure.
#pragma once

#include <optional>

#include "services/financing/domain/dunning.h"
#include "services/financing/domain/invoice.h"

namespace kkr::financing {

// What dunning looks at of an invoice.
DunningClock dunning_clock_of(const Invoice& invoice);
// The last day to pay before the next step; nullopt while the clock has not started or stands
// still.
std::optional<LocalDate> dunning_due_date_of(const Invoice& invoice);
// Whether that day has passed.
bool is_overdue(const Invoice& invoice, LocalDate today);

}  // namespace kkr::financing
