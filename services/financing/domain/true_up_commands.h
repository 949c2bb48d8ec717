// What becomes of a split that differs from what was charged. Pure.
#pragma once

#include "kkr/financing/v1/true_ups.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::SettleTrueUpRequest& command,
                const Context& context);

// Takes in what happened to a true-up; called by `evolve`.
void offer(Financing& state, const v1::TrueUpOffered& fact, const Recorded& recorded);
void settle(Financing& state, const v1::TrueUpSettled& fact, const Recorded& recorded);

}  // namespace kkr::financing
