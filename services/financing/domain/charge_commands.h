// How a year is charged: prepared once, run once. Pure.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Takes in what happened to a charge; called by `evolve`.
void prepare(Financing& state, const v1::ChargePrepared& fact, const Recorded& recorded);
void run(Financing& state, const v1::ChargeRun& fact, const Recorded& recorded);

}  // namespace kkr::financing
