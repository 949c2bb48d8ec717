#include "services/financing/domain/charge_plan.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include "services/financing/domain/split_commands.h"

namespace kkr::financing {
namespace {

using Lines = std::map<MunicipalityCode, std::vector<v1::IssuedLine>>;

void add_line(Lines& lines, const std::string& code, v1::InvoiceLine::Purpose purpose,
              const std::string& title, int year, Money amount) {
  if (amount == Money{}) return;
  v1::IssuedLine& line = lines[MunicipalityCode{code}].emplace_back();
  line.set_purpose(purpose);
  line.set_title(title + " " + std::to_string(year));
  line.set_year(year);
  line.set_amount_oere(amount.ore);
}

// What earlier years hand on to the first charge that is run after them.
Lines carried_lines(const Financing& state, const YearKey& year) {
  Lines lines;
  const YearKey before_all{year.agreement, 0};
  state.budgets.visit_after(&before_all, [&](const YearKey& earlier, const Budget& budget) {
    if (earlier.agreement != year.agreement || earlier.year >= year.year) return false;
    for (const TrueUp& true_up : budget.true_ups) {
      if (!is_to_be_carried(true_up)) continue;
      for (const v1::TrueUpDifference& row : true_up.content.differences()) {
        add_line(lines, row.code(), v1::InvoiceLine::PURPOSE_TRUE_UP, "Regulering", earlier.year,
                 Money{row.correct_oere()} - Money{row.charged_oere()});
      }
    }
    return true;
  });
  state.year_ends.visit_after(&before_all, [&](const YearKey& earlier, const YearEnd& end) {
    if (earlier.agreement != year.agreement || earlier.year >= year.year) return false;
    if (!is_to_be_carried(end)) return true;
    for (const v1::ResultShare& row : end.content.shares()) {
      add_line(lines, row.code(), v1::InvoiceLine::PURPOSE_RESULT, "Resultat", earlier.year,
               -Money{row.amount_oere()});
    }
    return true;
  });
  return lines;
}

// Whether budget, host and terms are still those that were split.
bool is_stale_split(const Financing& state, const Named<YearKey>& year, const Budget& budget,
                    const v1::BudgetSplit& split, LocalDate today) {
  const auto question = question_of(state, budget_name(year.region, year.id), today);
  const auto* asked = std::get_if<SplitQuestion>(&question);
  return asked == nullptr || total_of(budget).ore != split.total_oere() ||
         asked->host.text != split.host() ||
         platform::format_date(asked->reference_date) != split.reference_date() ||
         platform::format_date(asked->members_as_of) != split.members_as_of_date();
}

PlannedInvoice planned(const InvoiceGround& ground, const v1::SplitShare& share,
                       std::vector<v1::IssuedLine> carried, int number) {
  PlannedInvoice planned;
  planned.display_name = share.member().display_name();
  planned.share = Money{share.share_oere()};
  for (const v1::IssuedLine& line : carried) planned.carried += Money{line.amount_oere()};
  std::vector<v1::IssuedLine> lines = std::move(carried);
  lines.insert(lines.begin(), share_line(ground.agreement, ground.year.year, planned.share));
  planned.issued = draft_invoice(ground, share.member(), lines);
  number_invoice(planned.issued, ground.region, number);
  planned.faults = faults_in(planned.issued);
  return planned;
}

}  // namespace

std::variant<ChargePlan, Refusal> plan_charge(const Financing& state, std::string_view charge,
                                              LocalDate today) {
  const auto name = parse_charge_name(charge);
  const auto agreement = name ? state.agreements.find(name->id.agreement) : nullptr;
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  const auto budget = state.budgets.find(name->id);
  if (budget == nullptr) return refusal(Rejection::kBudgetUnknown);
  ChargePlan plan{*name, newest_split(*budget), today, {}, {}};
  if (plan.split == nullptr) return refusal(Rejection::kBudgetNotSplit);
  const v1::BudgetSplit& split = plan.split->content;
  if (!budget->approval) plan.faults.push_back(v1::CHARGE_FAULT_BUDGET_NOT_APPROVED);
  if (is_stale_split(state, *name, *budget, split, today)) {
    plan.faults.push_back(v1::CHARGE_FAULT_SPLIT_STALE);
  }
  const InvoiceGround ground{
      state, name->region, name->id, *agreement, terms_for(*agreement, name->id.year, today),
      split, today};
  Lines carried = carried_lines(state, name->id);
  int number = last_number(state, MunicipalityCode{split.host()}, today);
  for (const v1::SplitShare& share : split.shares()) {
    auto lines = carried.extract(MunicipalityCode{share.member().code()});
    plan.invoices.push_back(planned(
        ground, share, lines.empty() ? std::vector<v1::IssuedLine>() : std::move(lines.mapped()),
        ++number));
  }
  if (!carried.empty()) plan.faults.push_back(v1::CHARGE_FAULT_CARRIED_WITHOUT_MEMBER);
  return plan;
}

bool is_runnable(const ChargePlan& plan) {
  return plan.faults.empty() &&
         std::all_of(plan.invoices.begin(), plan.invoices.end(),
                     [](const PlannedInvoice& invoice) { return invoice.faults.empty(); });
}

}  // namespace kkr::financing
