#include "services/financing/domain/charge_commands.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/financing/domain/budget_commands.h"
#include "services/financing/domain/document.h"
#include "services/financing/domain/posting.h"

namespace kkr::financing {
namespace {

// `BUYER_REFERENCE_MISSING`.
std::string word_of(v1::ChargeFault fault) {
  constexpr std::string_view kPrefix = "CHARGE_FAULT_";
  return v1::ChargeFault_Name(fault).substr(kPrefix.size());
}

// Every fault with the municipalities it concerns, so that 98 of them fit into one refusal.
std::optional<Refusal> fault_in_recipients(const ChargePlan& plan) {
  std::map<std::string, std::string> incomplete;
  for (const v1::ChargeFault fault : plan.faults) incomplete[word_of(fault)] = "charge";
  for (const PlannedInvoice& invoice : plan.invoices) {
    for (const v1::ChargeFault fault : invoice.faults) {
      std::string& codes = incomplete[word_of(fault)];
      codes += (codes.empty() ? "" : ",") + invoice.issued.buyer().code();
    }
  }
  if (incomplete.empty()) return std::nullopt;
  return refusal(Rejection::kRecipientIncomplete, std::move(incomplete));
}

// The rules that the first bad document breaks; the preview shows all of them.
std::optional<Refusal> fault_in_documents(const ChargePlan& plan) {
  for (const PlannedInvoice& invoice : plan.invoices) {
    if (auto fault = fault_in_document(invoice.issued, nullptr)) return fault;
  }
  return std::nullopt;
}

std::optional<Refusal> fault_in(const ChargePlan& plan) {
  const auto has = [&](v1::ChargeFault fault) {
    return std::count(plan.faults.begin(), plan.faults.end(), fault) > 0;
  };
  if (has(v1::CHARGE_FAULT_BUDGET_NOT_APPROVED)) return refusal(Rejection::kBudgetNotApproved);
  if (has(v1::CHARGE_FAULT_SPLIT_STALE)) return refusal(Rejection::kSplitStale);
  if (auto fault = fault_in_recipients(plan)) return fault;
  return fault_in_documents(plan);
}

Money overhead_in(const Budget& budget) {
  Money overhead;
  for (const v1::BudgetedLine& line : budget.content.lines()) {
    if (line.cost_kind() == v1::COST_KIND_OVERHEAD) overhead += Money{line.amount_oere()};
  }
  return overhead;
}

// From now on the charge bears what earlier years handed on.
void take_over_carried(Financing& state, const YearKey& year, const std::string& charge) {
  std::vector<YearKey> budgets;
  std::vector<YearKey> ends;
  const YearKey before_all{year.agreement, 0};
  const auto is_earlier = [&](const YearKey& other) {
    return other.agreement == year.agreement && other.year < year.year;
  };
  state.budgets.visit_after(&before_all, [&](const YearKey& other, const Budget& budget) {
    const bool waits = std::any_of(budget.true_ups.begin(), budget.true_ups.end(),
                                   [](const TrueUp& true_up) { return is_to_be_carried(true_up); });
    if (is_earlier(other) && waits) budgets.push_back(other);
    return is_earlier(other);
  });
  state.year_ends.visit_after(&before_all, [&](const YearKey& other, const YearEnd& end) {
    if (is_earlier(other) && is_to_be_carried(end)) ends.push_back(other);
    return is_earlier(other);
  });
  for (const YearKey& other : budgets) {
    state.budgets.update(other, [&](Budget& budget) {
      for (TrueUp& true_up : budget.true_ups) {
        if (is_to_be_carried(true_up)) true_up.carried_by = charge;
      }
    });
  }
  for (const YearKey& other : ends) {
    state.year_ends.update(other, [&](YearEnd& end) { end.carried_by = charge; });
  }
}

}  // namespace

Decision decide(const Financing& state, const v1::RunChargeRequest& command,
                const Context& context) {
  const auto name = parse_charge_name(command.name());
  if (!name || !state.agreements.contains(name->id.agreement)) {
    return refusal(Rejection::kAgreementUnknown);
  }
  if (is_charged(state, name->id)) return Effects{};
  auto plan = plan_charge(state, command.name(), platform::local_date_of(context.now));
  if (auto* fault = std::get_if<Refusal>(&plan)) return std::move(*fault);
  return run_plan(state, std::get<ChargePlan>(plan));
}

Decision run_plan(const Financing& state, const ChargePlan& plan) {
  if (auto fault = fault_in(plan)) return *std::move(fault);
  Effects effects;
  v1::Event event;
  v1::ChargeRun& run = *event.mutable_charge_run();
  run.set_charge(charge_name(plan.year.region, plan.year.id));
  run.set_split(plan.split->content.split());
  run.set_host(plan.split->content.host());
  for (const PlannedInvoice& invoice : plan.invoices) {
    run.add_invoices(invoice.issued.invoice());
    run.set_net_total_oere(run.net_total_oere() + invoice.issued.net_oere());
    run.set_payable_total_oere(run.payable_total_oere() + invoice.issued.payable_oere());
  }
  const PostingGround ground{agreement_name(plan.year.region, plan.year.id.agreement),
                             plan.year.id.year, plan.issue_date, run.charge()};
  *run.mutable_overhead() = posting_of_overhead(ground, MunicipalityCode{run.host()},
                                                overhead_in(*state.budgets.find(plan.year.id)));
  effects.facts.push_back({stream_of(plan.year.id.agreement), std::move(event)});
  for (const PlannedInvoice& invoice : plan.invoices) {
    v1::Event issued;
    *issued.mutable_invoice_issued() = invoice.issued;
    effects.facts.push_back(
        {stream_of(parse_invoice_name(invoice.issued.invoice())->id), std::move(issued)});
  }
  return effects;
}

void prepare(Financing& state, const v1::ChargePrepared& fact, const Recorded& recorded) {
  const auto name = parse_charge_name(fact.charge());
  if (!name) return;
  state.charges.update(name->id, [&](Charge& charge) {
    charge.name = fact.charge();
    charge.prepared_at = recorded.at.recorded_at;
    charge.etag = etag_of(recorded);
  });
}

void run(Financing& state, const v1::ChargeRun& fact, const Recorded& recorded) {
  const auto name = parse_charge_name(fact.charge());
  if (!name) return;
  state.charges.update(name->id, [&](Charge& charge) {
    charge.name = fact.charge();
    charge.run = fact;
    charge.run_at = recorded.at.recorded_at;
    charge.etag = etag_of(recorded);
  });
  state.agreements.update(name->id.agreement, [&](Agreement& agreement) {
    agreement.charged_year = std::max(agreement.charged_year, name->id.year);
    agreement.charged_on = platform::local_date_of(recorded.at.recorded_at);
    agreement.etag = etag_of(recorded);
  });
  take_over_carried(state, name->id, fact.charge());
  post(state, fact.overhead(), recorded.at.recorded_at);
}

}  // namespace kkr::financing
