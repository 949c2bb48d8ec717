// When an unpaid invoice is asked for again. Says what is due and when; whether the invoice is
// still unpaid is asked again at the moment the step is taken. Pure.
#pragma once

#include <optional>

#include "kkr/financing/v1/terms.pb.h"
#include "services/financing/domain/banking_day.h"

namespace kkr::financing {

// What dunning looks at of an invoice.
struct DunningClock {
  LocalDate printed_due;  // Issue and the payment term.
  int payment_term_days = 0;
  std::optional<LocalDate> delivered = std::nullopt;
  bool stands_still = false;  // Disputed, paid, credited, or the host's own voucher.
  int disputed_days = 0;      // By disputes settled since the last step, or since the issue.
  int steps_taken = 0;        // Each step is taken once.
  std::optional<LocalDate> newly_due = std::nullopt;  // By the last step taken.
};

// The last day to pay before the next step: the later of the printed date and delivery and the
// payment term, or the new date of the last step; later by the days of disputes; then the next
// banking day. nullopt while the clock has not started or stands still.
std::optional<LocalDate> dunning_due_date(const DunningClock& clock);

// The day on which the next step is taken: as many days after the due date as the rule says, on a
// working day (the one before, unless the due date has not passed then). nullopt when there is no
// due date or no step left.
std::optional<LocalDate> next_dunning_day(const DunningClock& clock, const v1::DunningRule& rule);

// The new date by which a step taken on a day asks to be paid.
LocalDate due_after_step(LocalDate taken_on, const v1::DunningRule& rule);

}  // namespace kkr::financing
