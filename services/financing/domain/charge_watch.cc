#include "services/financing/domain/charge_watch.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <utility>
#include <variant>

#include "services/financing/domain/charge_commands.h"

namespace kkr::financing {
namespace {

// A year whose budget is approved and that has not been charged.
struct Waiting {
  Named<YearKey> year;
  std::shared_ptr<const Agreement> agreement;
  LocalDate approved;
  std::optional<absl::Time> prepared_at;
};

// Calls `visit(waiting)` for each, the years of an agreement in order.
template <class Visit>
void visit_waiting(const Financing& state, Visit&& visit) {
  state.budgets.for_each([&](const YearKey& key, const Budget& budget) {
    const auto agreement = state.agreements.find(key.agreement);
    if (!budget.approval || agreement == nullptr || !holds_in(*agreement, key.year)) return;
    const auto charge = state.charges.find(key);
    if (charge != nullptr && charge->run) return;
    visit(Waiting{{std::string(region_of(budget.content.budget())), key},
                  agreement,
                  platform::parse_date(budget.approval->approved_date()).value_or(LocalDate()),
                  charge == nullptr ? std::nullopt : charge->prepared_at});
  });
}

// When its time comes: as soon as the cost is known, or in the charge month.
absl::Time time_of(const Waiting& waiting) {
  const int year = waiting.year.id.year;
  const LocalDate first = first_day_in(*waiting.agreement, year);
  const v1::Terms& terms = terms_on(*waiting.agreement, first).content;
  const bool at_once =
      is_first_year(*waiting.agreement, year) && terms.first_year() == v1::FIRST_YEAR_RULE_AT_ONCE;
  if (at_once) return platform::start_of(waiting.approved);
  return platform::start_of(std::max(first, LocalDate(year, terms.charge_month(), 1)));
}

// What a run on this day would record; nothing while it waits for a word or for something missing.
Effects run_by_itself(const Financing& state, const Waiting& waiting, LocalDate today) {
  const int year = waiting.year.id.year;
  if (!terms_for(*waiting.agreement, year, today).content.automatic_run()) return {};
  const auto plan = plan_charge(state, charge_name(waiting.year.region, waiting.year.id), today);
  const auto* planned = std::get_if<ChargePlan>(&plan);
  if (planned == nullptr || !is_runnable(*planned)) return {};
  auto decision = run_plan(state, *planned);
  if (auto* effects = std::get_if<Effects>(&decision)) return std::move(*effects);
  return {};
}

// The numbers that a batch has given out are taken for the rest of it.
void take_numbers(Financing& state, const Effects& effects) {
  for (const auto& fact : effects.facts) {
    const auto name = parse_invoice_name(fact.event.invoice_issued().invoice());
    if (name) state.last_numbers.set(name->id.series, name->id.number);
  }
}

void append(Effects& all, Effects some) {
  std::move(some.facts.begin(), some.facts.end(), std::back_inserter(all.facts));
}

}  // namespace

std::optional<absl::Time> next_charge(const Financing& state, LocalDate today) {
  std::optional<absl::Time> next;
  const auto due = [&](absl::Time instant) { next = next ? std::min(*next, instant) : instant; };
  visit_waiting(state, [&](const Waiting& waiting) {
    if (!waiting.prepared_at) return due(time_of(waiting));
    if (run_by_itself(state, waiting, today).facts.empty()) return;
    // Another instant than that of the preparation, which is told from being due still.
    due(*waiting.prepared_at - absl::Microseconds(1));
  });
  return next;
}

Effects charge_due(const Financing& state, const Context& context) {
  const LocalDate today = platform::local_date_of(context.now);
  Financing ahead = state;
  Effects effects;
  std::set<AgreementId> ran;
  visit_waiting(state, [&](const Waiting& waiting) {
    if (!waiting.prepared_at) {
      if (time_of(waiting) > context.now) return;
      v1::Event event;
      event.mutable_charge_prepared()->set_charge(
          charge_name(waiting.year.region, waiting.year.id));
      effects.facts.push_back({stream_of(waiting.year.id.agreement), std::move(event)});
    }
    if (ran.count(waiting.year.id.agreement) > 0) return;
    Effects run = run_by_itself(ahead, waiting, today);
    if (run.facts.empty()) return;
    ran.insert(waiting.year.id.agreement);
    take_numbers(ahead, run);
    append(effects, std::move(run));
  });
  return effects;
}

}  // namespace kkr::financing
