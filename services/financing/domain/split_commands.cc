#include "services/financing/domain/split_commands.h"

#include <memory>

namespace kkr::financing {

void keep(Financing& state, const v1::BudgetSplit& fact, const Recorded& recorded) {
  const auto name = parse_split_name(fact.split());
  if (!name) return;
  state.budgets.update(name->id, [&](Budget& budget) {
    budget.splits.push_back(std::make_shared<const Split>(Split{fact, recorded.at.recorded_at}));
    budget.etag = etag_of(recorded);
  });
}

}  // namespace kkr::financing
