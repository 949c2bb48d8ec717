#include "services/financing/domain/year_end_commands.h"

#include <set>
#include <utility>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/year_end.h"

namespace kkr::financing {
namespace {

bool is_run(const Financing& state, const YearKey& year) {
  const auto charge = state.charges.find(year);
  return charge != nullptr && charge->run.has_value();
}

// Why the year cannot be closed now, whatever was spent.
std::optional<Refusal> fault_in_time(const Financing& state, const Agreement& agreement,
                                     const YearKey& year, v1::ResultTreatment treatment,
                                     const Context& context) {
  const bool carried = treatment == v1::RESULT_TREATMENT_CARRY;
  // What is carried waits for the next year that is charged, so there must be one.
  if (carried && agreement.to && agreement.to->year() <= year.year) {
    return refusal(Rejection::kOutsideAgreement);
  }
  if (!is_run(state, year)) return refusal(Rejection::kYearNotCharged);
  if (platform::local_date_of(context.now).year() <= year.year) {
    return refusal(Rejection::kYearNotOver);
  }
  if (state.year_ends.contains(year)) return refusal(Rejection::kYearClosed);
  const auto budget = state.budgets.find(year);
  if (budget != nullptr && offered_true_up(*budget) != nullptr) {
    return refusal(Rejection::kTrueUpOpen);
  }
  return std::nullopt;
}

// What was spent as it is stored, or the first fault.
std::optional<Refusal> put_spent(const v1::CloseYearRequest& command, const v1::Terms& terms,
                                 std::vector<v1::SpentByKind>& spent) {
  Arguments arguments;
  arguments.must(v1::ResultTreatment_IsValid(command.treatment()) &&
                     command.treatment() != v1::RESULT_TREATMENT_UNSPECIFIED,
                 "treatment", "stated");
  std::set<int> kinds;
  for (const v1::SpentAmount& one : command.spent()) {
    const Money amount = arguments.money("spent.amount", one.amount());
    arguments.must(amount >= Money{}, "spent.amount", "not below zero");
    arguments.must(kinds.insert(one.cost_kind()).second, "spent.cost_kind", "each kind once");
    v1::SpentByKind& kept = spent.emplace_back();
    kept.set_cost_kind(one.cost_kind());
    kept.set_amount_oere(amount.ore);
  }
  if (arguments.fault()) return arguments.fault();
  const std::set<int> agreed(terms.cost_kinds().begin(), terms.cost_kinds().end());
  for (const int kind : kinds) {
    if (!agreed.contains(kind)) return refusal(Rejection::kCostKindNotAgreed);
  }
  return std::nullopt;
}

// Those who were charged, with the populations they were charged by.
std::vector<Member> members_charged(const Financing& state, const YearKey& year,
                                    const v1::ChargeRun& run) {
  const auto name = parse_split_name(run.split());
  const auto budget = state.budgets.find(year);
  const SplitPtr split = name && budget ? split_of(*budget, name->number) : nullptr;
  std::vector<Member> members;
  if (split == nullptr) return members;
  for (const v1::SplitShare& share : split->content.shares()) {
    members.push_back({{share.member().code()}, share.member().population()});
  }
  return members;
}

v1::YearClosed fact_of(const v1::CloseYearRequest& command, const YearToClose& year,
                       YearResult result) {
  v1::YearClosed fact;
  fact.set_year_end(command.name());
  fact.set_charged_oere(result.charged.ore);
  for (const v1::SpentByKind& one : year.spent) *fact.add_spent() = one;
  fact.set_result_oere(result.result.ore);
  fact.set_treatment(command.treatment());
  for (const auto& [municipality, amount] : result.shares) {
    v1::ResultShare& share = *fact.add_shares();
    share.set_code(municipality.text);
    share.set_amount_oere(amount.ore);
  }
  *fact.mutable_posting() = std::move(result.posting);
  return fact;
}

}  // namespace

Decision decide(const Financing& state, const v1::CloseYearRequest& command,
                const Context& context) {
  const auto name = parse_year_end_name(command.name());
  const auto agreement = name ? state.agreements.find(name->id.agreement) : nullptr;
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  if (auto fault = fault_in_time(state, *agreement, name->id, command.treatment(), context)) {
    return *std::move(fault);
  }
  const v1::ChargeRun& run = *state.charges.find(name->id)->run;
  YearToClose year;
  const LocalDate today = platform::local_date_of(context.now);
  const v1::Terms& terms = terms_for(*agreement, name->id.year, today).content;
  if (auto fault = put_spent(command, terms, year.spent)) return *std::move(fault);
  year.ground = {agreement_name(name->region, name->id.agreement), name->id.year, today,
                 command.name()};
  year.host = {run.host()};
  year.treatment = command.treatment();
  year.members = members_charged(state, name->id, run);
  const auto books = state.books.find(name->id.agreement);
  const auto result = result_of(books == nullptr ? Books{} : *books, year);
  if (std::holds_alternative<SplitFault>(result)) {
    return refusal(Rejection::kArgumentInvalid,
                   {{"field", "spent"}, {"rule", "no more than 10^15 øre in all"}});
  }
  v1::Event event;
  *event.mutable_year_closed() = fact_of(command, year, std::get<YearResult>(result));
  return Effects{{{stream_of(name->id.agreement), std::move(event)}}, {}};
}

void close(Financing& state, const v1::YearClosed& fact, const Recorded& recorded) {
  const auto name = parse_year_end_name(fact.year_end());
  if (!name) return;
  state.year_ends.set(name->id, YearEnd{fact, recorded.at.recorded_at, ""});
  post(state, fact.posting(), recorded.at.recorded_at);
}

}  // namespace kkr::financing
