#include "services/financing/domain/dunning_watch.h"

#include <algorithm>
#include <utility>

#include "services/financing/domain/invoice_clock.h"

namespace kkr::financing {
namespace {

using platform::format_date;

// A date of a fact: it was checked before it got there.
LocalDate date_of(const std::string& text) {
  return platform::parse_date(text).value_or(LocalDate());
}

// The rule that held on the day of issue; null when the agreement has none.
const v1::DunningRule* rule_for(const Financing& state, const v1::InvoiceIssued& issued) {
  const auto name = parse_agreement_name(issued.agreement());
  const auto agreement = name ? state.agreements.find(name->id) : nullptr;
  if (agreement == nullptr) return nullptr;
  // The state holds the agreement for as long as the caller holds the state.
  const v1::Terms& terms = terms_on(*agreement, date_of(issued.issue_date())).content;
  return terms.has_dunning() ? &terms.dunning() : nullptr;
}

// Calls `visit(id, invoice, rule, day)` for each invoice that will be dunned unless it is paid.
template <class Visit>
void visit_pending(const Financing& state, Visit&& visit) {
  state.invoices.for_each([&](const InvoiceId& id, const Invoice& invoice) {
    // Most invoices are paid, and this is asked after every command.
    const bool open = invoice.delivered && !invoice.disputed_from;
    if (!open || outstanding_of(invoice) == Money{}) return;
    const v1::DunningRule* rule = rule_for(state, *invoice.content);
    if (rule == nullptr) return;
    const auto day = next_dunning_day(dunning_clock_of(invoice), *rule);
    if (day) visit(id, invoice, *rule, *day);
  });
}

}  // namespace

std::optional<absl::Time> next_dunning(const Financing& state) {
  std::optional<LocalDate> first;
  visit_pending(state, [&](const InvoiceId&, const Invoice&, const v1::DunningRule&,
                           LocalDate day) { first = first ? std::min(*first, day) : day; });
  if (!first) return std::nullopt;
  return platform::start_of(*first);
}

Effects dun_due(const Financing& state, const Context& context) {
  Effects effects;
  const LocalDate today = platform::local_date_of(context.now);
  visit_pending(state, [&](const InvoiceId& id, const Invoice& invoice, const v1::DunningRule& rule,
                           LocalDate day) {
    if (platform::start_of(day) > context.now) return;
    v1::Event event;
    v1::InvoiceDunned& fact = *event.mutable_invoice_dunned();
    fact.set_invoice(invoice.content->invoice());
    fact.set_step(static_cast<int>(invoice.dunnings.size()) + 1);
    fact.set_outstanding_oere(outstanding_of(invoice).ore);
    fact.set_passed_date(format_date(*dunning_due_date_of(invoice)));
    fact.set_due_date(format_date(due_after_step(today, rule)));
    effects.facts.push_back({stream_of(id), std::move(event)});
  });
  return effects;
}

void dun(Financing& state, const v1::InvoiceDunned& fact, const Recorded& recorded) {
  const auto name = parse_invoice_name(fact.invoice());
  if (!name) return;
  state.invoices.update(name->id, [&](Invoice& invoice) {
    invoice.dunnings.push_back({fact, recorded.at.recorded_at});
    invoice.disputed_days = 0;  // The new date leaves earlier disputes behind.
    invoice.etag = etag_of(recorded);
  });
}

}  // namespace kkr::financing
