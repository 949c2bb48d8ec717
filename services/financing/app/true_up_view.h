// True-ups as a caller sees them.
#pragma once

#include "kkr/financing/v1/true_ups.pb.h"
#include "services/financing/domain/budget.h"

namespace kkr::financing {

v1::TrueUp shown(const TrueUp& true_up);

}  // namespace kkr::financing
