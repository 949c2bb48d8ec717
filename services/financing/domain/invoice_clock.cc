#include "services/financing/domain/invoice_clock.h"

namespace kkr::financing {

DunningClock dunning_clock_of(const Invoice& invoice) {
  DunningClock clock;
  clock.printed_due =
      platform::parse_date(invoice.content->due_date()).value_or(LocalDate(1900, 1, 1));
  clock.payment_term_days = invoice.content->payment_term_days();
  clock.delivered = invoice.delivered;
  clock.stands_still = invoice.disputed_from.has_value() || outstanding_of(invoice) == Money{};
  clock.disputed_days = invoice.disputed_days;
  clock.steps_taken = static_cast<int>(invoice.dunnings.size());
  if (!invoice.dunnings.empty()) {
    clock.newly_due = platform::parse_date(invoice.dunnings.back().content.due_date());
  }
  return clock;
}

std::optional<LocalDate> dunning_due_date_of(const Invoice& invoice) {
  return dunning_due_date(dunning_clock_of(invoice));
}

bool is_overdue(const Invoice& invoice, LocalDate today) {
  const auto due = dunning_due_date_of(invoice);
  return due && *due < today;
}

}  // namespace kkr::financing
