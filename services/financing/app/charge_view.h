// Charges as a caller sees them, run or yet to be run.
#pragma once

#include "kkr/financing/v1/charges.pb.h"
#include "services/financing/domain/charge_plan.h"

namespace kkr::financing {

v1::Charge shown(const Charge& charge);
// What a run would issue, with the rules that its documents would break.
v1::ChargePreview shown(const ChargePlan& plan);
// What was issued, in the same form.
v1::ChargePreview preview_of_run(const Financing& state, const Charge& charge);

}  // namespace kkr::financing
