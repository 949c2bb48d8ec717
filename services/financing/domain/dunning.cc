#include "services/financing/domain/dunning.h"

#include <algorithm>

#include "services/platform/time/working_days.h"

namespace kkr::financing {

std::optional<LocalDate> dunning_due_date(const DunningClock& clock) {
  if (!clock.delivered || clock.stands_still) return std::nullopt;
  const LocalDate first = std::max(clock.printed_due, *clock.delivered + clock.payment_term_days);
  return banking_day_on_or_after(clock.newly_due.value_or(first) + clock.disputed_days);
}

std::optional<LocalDate> next_dunning_day(const DunningClock& clock, const v1::DunningRule& rule) {
  const auto due = dunning_due_date(clock);
  if (!due || clock.steps_taken >= rule.steps()) return std::nullopt;
  const LocalDate planned = *due + rule.days_between();
  const LocalDate before = platform::working_day_on_or_before(planned);
  return before > *due ? before : platform::working_day_on_or_after(planned);
}

LocalDate due_after_step(LocalDate taken_on, const v1::DunningRule& rule) {
  return banking_day_on_or_after(taken_on + rule.payment_days());
}

}  // namespace kkr::financing
