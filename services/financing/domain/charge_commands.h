// How a year is charged: prepared once, run once, whole or not at all. Pure.
#pragma once

#include "kkr/financing/v1/charges.pb.h"
#include "services/financing/domain/charge_plan.h"

namespace kkr::financing {

// One fact for the charge and one for each invoice. Nothing when it has been run already, by
// whomever.
Decision decide(const Financing& state, const v1::RunChargeRequest& command,
                const Context& context);

// The facts of a run of the plan, or what hinders it.
Decision run_plan(const Financing& state, const ChargePlan& plan);

// Takes in what happened to a charge; called by `evolve`.
void prepare(Financing& state, const v1::ChargePrepared& fact, const Recorded& recorded);
void run(Financing& state, const v1::ChargeRun& fact, const Recorded& recorded);

}  // namespace kkr::financing
