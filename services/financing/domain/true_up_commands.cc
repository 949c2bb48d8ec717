#include "services/financing/domain/true_up_commands.h"

#include <memory>
#include <utility>

#include "services/financing/domain/arguments.h"
#include "services/financing/domain/true_up_reissue.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::SettleTrueUpRequest& command,
                const Context& context) {
  const auto name = parse_true_up_name(command.name());
  const auto agreement = name ? state.agreements.find(name->id.agreement) : nullptr;
  if (agreement == nullptr) return refusal(Rejection::kAgreementUnknown);
  const auto budget = state.budgets.find(name->id);
  if (budget == nullptr) return refusal(Rejection::kBudgetUnknown);
  const TrueUp* true_up = true_up_of(*budget, name->number);
  if (true_up == nullptr) return refusal(Rejection::kTrueUpUnknown);
  if (true_up->state != v1::TrueUp::STATE_OFFERED) return refusal(Rejection::kTrueUpNotOffered);
  const bool later_year = !agreement->to || agreement->to->year() > name->id.year;
  if (command.settlement() == v1::SETTLEMENT_NEXT_YEAR && !later_year) {
    return refusal(Rejection::kOutsideAgreement);
  }
  Arguments arguments;
  arguments.between("settlement", command.settlement(), v1::SETTLEMENT_NEXT_YEAR,
                    v1::SETTLEMENT_DISMISS);
  if (arguments.fault()) return *arguments.fault();
  Effects effects;
  v1::Event event;
  event.mutable_true_up_settled()->set_true_up(command.name());
  event.mutable_true_up_settled()->set_settlement(command.settlement());
  effects.facts.push_back({stream_of(name->id.agreement), std::move(event)});
  if (command.settlement() != v1::SETTLEMENT_REISSUE) return effects;
  const LocalDate today = platform::local_date_of(context.now);
  if (auto fault = reissue(state, {name->region, name->id}, *true_up, today, effects)) {
    return *std::move(fault);
  }
  return effects;
}

void offer(Financing& state, const v1::TrueUpOffered& fact, const Recorded& recorded) {
  const auto name = parse_true_up_name(fact.true_up());
  if (!name) return;
  state.budgets.update(name->id, [&](Budget& budget) {
    for (TrueUp& earlier : budget.true_ups) {
      if (earlier.state == v1::TrueUp::STATE_OFFERED) earlier.state = v1::TrueUp::STATE_REPLACED;
    }
    TrueUp& offered = budget.true_ups.emplace_back();
    offered.content = fact;
    budget.etag = etag_of(recorded);
    if (!fact.differences().empty()) return;
    // What was offered before has come to nothing.
    offered.state = v1::TrueUp::STATE_SETTLED;
    offered.settlement = v1::SETTLEMENT_DISMISS;
  });
}

void settle(Financing& state, const v1::TrueUpSettled& fact, const Recorded& recorded) {
  const auto name = parse_true_up_name(fact.true_up());
  if (!name) return;
  state.budgets.update(name->id, [&](Budget& budget) {
    for (TrueUp& true_up : budget.true_ups) {
      if (true_up.content.true_up() != fact.true_up()) continue;
      true_up.state = v1::TrueUp::STATE_SETTLED;
      true_up.settlement = fact.settlement();
    }
    budget.etag = etag_of(recorded);
  });
}

}  // namespace kkr::financing
