#include "services/financing/domain/budget.h"

#include <algorithm>

namespace kkr::financing {

Money total_of(const Budget& budget) {
  Money total;
  for (const v1::BudgetedLine& line : budget.content.lines()) total += Money{line.amount_oere()};
  return total;
}

SplitPtr split_of(const Budget& budget, int number) {
  const bool known = number >= 1 && static_cast<std::size_t>(number) <= budget.splits.size();
  return known ? budget.splits[static_cast<std::size_t>(number) - 1] : nullptr;
}

SplitPtr newest_split(const Budget& budget) {
  return budget.splits.empty() ? nullptr : budget.splits.back();
}

const TrueUp* true_up_of(const Budget& budget, int number) {
  const auto found =
      std::find_if(budget.true_ups.begin(), budget.true_ups.end(), [number](const TrueUp& true_up) {
        const auto name = parse_true_up_name(true_up.content.true_up());
        return name && name->number == number;
      });
  return found == budget.true_ups.end() ? nullptr : &*found;
}

const TrueUp* offered_true_up(const Budget& budget) {
  const auto found = std::find_if(
      budget.true_ups.begin(), budget.true_ups.end(),
      [](const TrueUp& true_up) { return true_up.state == v1::TrueUp::STATE_OFFERED; });
  return found == budget.true_ups.end() ? nullptr : &*found;
}

}  // namespace kkr::financing
