// How a budget is split, and split again. Pure: members and populations come with the command.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Takes in a split; called by `evolve`.
void keep(Financing& state, const v1::BudgetSplit& fact, const Recorded& recorded);

}  // namespace kkr::financing
