// When an unpaid invoice is asked for again. Derived from the state, so that after downtime nothing
// is missed and nothing is done twice. Pure.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Takes in a dunning; called by `evolve`.
void dun(Financing& state, const v1::InvoiceDunned& fact, const Recorded& recorded);

}  // namespace kkr::financing
