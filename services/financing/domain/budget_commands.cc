#include "services/financing/domain/budget_commands.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/int128.h"
#include "services/financing/domain/arguments.h"

namespace kkr::financing {
namespace {

constexpr int kLinesMax = 100;
constexpr char kOverheadTitle[] = "Overhead";

Money overhead_of(const v1::Overhead& overhead, Money salary) {
  if (overhead.rule_case() == v1::Overhead::kAmount) {
    return platform::parse_money(overhead.amount()).value_or(Money{});
  }
  constexpr std::int64_t kWhole = 10'000;
  const absl::int128 scaled = absl::int128(salary.ore) * overhead.share_basis_points();
  return Money{static_cast<std::int64_t>((2 * scaled + kWhole) / (2 * kWhole))};
}

bool is_agreed(const v1::Terms& terms, v1::CostKind kind) {
  return kind != v1::COST_KIND_OVERHEAD &&
         std::count(terms.cost_kinds().begin(), terms.cost_kinds().end(), kind) > 0;
}

// The lines as they are stored, with the overhead; or the first fault.
std::optional<Refusal> put_lines(const v1::Budget& budget, const v1::Terms& terms,
                                 v1::BudgetUpdated& fact) {
  Arguments arguments;
  arguments.must(budget.lines_size() <= kLinesMax, "budget.lines", "at most 100 lines");
  Money total;
  Money salary;
  for (const v1::BudgetLine& line : budget.lines()) {
    arguments.text("budget.lines.title", line.title(), 1, 100);
    const Money amount = arguments.money("budget.lines.amount", line.amount());
    arguments.must(amount > Money{}, "budget.lines.amount", "above zero");
    if (arguments.fault()) return arguments.fault();
    if (!is_agreed(terms, line.cost_kind())) return refusal(Rejection::kCostKindNotAgreed);
    v1::BudgetedLine& kept = *fact.add_lines();
    kept.set_title(line.title());
    kept.set_cost_kind(line.cost_kind());
    kept.set_amount_oere(amount.ore);
    total += amount;
    if (line.cost_kind() == v1::COST_KIND_SALARY) salary += amount;
  }
  if (budget.lines().empty()) return refusal(Rejection::kBudgetEmpty);
  if (terms.has_overhead()) {
    const Money overhead = overhead_of(terms.overhead(), salary);
    v1::BudgetedLine& line = *fact.add_lines();
    line.set_title(kOverheadTitle);
    line.set_cost_kind(v1::COST_KIND_OVERHEAD);
    line.set_amount_oere(overhead.ore);
    total += overhead;
  }
  arguments.must(total <= platform::kMoneyMax, "budget.lines", "no more than 10^15 øre in all");
  return arguments.fault();
}

template <class Change>
void change_budget(Financing& state, const std::string& name, const Recorded& recorded,
                   Change&& apply) {
  const auto parsed = parse_budget_name(name);
  if (!parsed) return;
  state.budgets.update(parsed->id, [&](Budget& budget) {
    std::forward<Change>(apply)(budget);
    budget.etag = etag_of(recorded);
  });
}

}  // namespace

bool is_charged(const Financing& state, const YearKey& year) {
  const auto charge = state.charges.find(year);
  return charge != nullptr && charge->run.has_value();
}

Decision decide(const Financing& state, const v1::UpdateBudgetRequest& command,
                const Context& context) {
  const auto name = parse_budget_name(command.budget().name());
  const auto agreement = name ? state.agreements.find(name->id.agreement) : nullptr;
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  const auto present = state.budgets.find(name->id);
  if (is_stale(command.budget().etag(), present == nullptr ? "" : present->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  if (!holds_in(*agreement, name->id.year)) return refusal(Rejection::kOutsideAgreement);
  if (is_charged(state, name->id)) {
    return refusal(Rejection::kYearCharged, {{"year", std::to_string(name->id.year)}});
  }
  v1::Event event;
  v1::BudgetUpdated& fact = *event.mutable_budget_updated();
  fact.set_budget(command.budget().name());
  const LocalDate today = platform::local_date_of(context.now);
  const v1::Terms& terms = terms_for(*agreement, name->id.year, today).content;
  if (auto fault = put_lines(command.budget(), terms, fact)) return *std::move(fault);
  if (present != nullptr && present->content.SerializeAsString() == fact.SerializeAsString()) {
    return Effects{};
  }
  return Effects{{{stream_of(name->id.agreement), std::move(event)}}, {}};
}

Decision decide(const Financing& state, const v1::ApproveBudgetRequest& command,
                const Context& context) {
  const auto name = parse_budget_name(command.name());
  if (!name || !state.agreements.contains(name->id.agreement)) {
    return refusal(Rejection::kAgreementUnknown);
  }
  const auto budget = state.budgets.find(name->id);
  if (budget == nullptr) return refusal(Rejection::kBudgetUnknown);
  if (is_stale(command.etag(), budget->etag)) return refusal(Rejection::kEtagStale);
  if (budget->approval) return refusal(Rejection::kBudgetNotDraft);
  Arguments arguments;
  arguments.must(is_body_name(command.approved_by()), "approved_by",
                 "regions/{region}/bodies/{body}");
  const LocalDate approved = arguments.date("approved_date", command.approved_date());
  if (arguments.fault()) return *arguments.fault();
  if (approved > platform::local_date_of(context.now)) {
    return refusal(Rejection::kApprovedInFuture, {{"approved_date", command.approved_date()}});
  }
  v1::Event event;
  v1::BudgetApproved& fact = *event.mutable_budget_approved();
  fact.set_budget(command.name());
  fact.set_approved_by(command.approved_by());
  fact.set_approved_date(command.approved_date());
  return Effects{{{stream_of(name->id.agreement), std::move(event)}}, {}};
}

void update(Financing& state, const v1::BudgetUpdated& fact, const Recorded& recorded) {
  change_budget(state, fact.budget(), recorded, [&](Budget& budget) {
    budget.content = fact;
    budget.approval.reset();
  });
}

void approve(Financing& state, const v1::BudgetApproved& fact, const Recorded& recorded) {
  change_budget(state, fact.budget(), recorded, [&](Budget& budget) { budget.approval = fact; });
}

}  // namespace kkr::financing
