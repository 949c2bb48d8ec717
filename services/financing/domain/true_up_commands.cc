#include "services/financing/domain/true_up_commands.h"

namespace kkr::financing {

void offer(Financing& state, const v1::TrueUpOffered& fact, const Recorded& recorded) {
  const auto name = parse_true_up_name(fact.true_up());
  if (!name) return;
  state.budgets.update(name->id, [&](Budget& budget) {
    for (TrueUp& earlier : budget.true_ups) {
      if (earlier.state == v1::TrueUp::STATE_OFFERED) earlier.state = v1::TrueUp::STATE_REPLACED;
    }
    budget.true_ups.push_back(TrueUp{fact, v1::TrueUp::STATE_OFFERED, {}, {}});
    budget.etag = etag_of(recorded);
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
