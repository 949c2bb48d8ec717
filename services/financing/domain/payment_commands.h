// How payments are recorded, assigned to invoices and sent back. Pure.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Takes in what happened to a payment; called by `evolve`.
void record(Financing& state, const v1::PaymentRecorded& fact, const Recorded& recorded);
void assign(Financing& state, const v1::PaymentAssigned& fact, const Recorded& recorded);
void send_back(Financing& state, const v1::PaymentReturned& fact, const Recorded& recorded);

}  // namespace kkr::financing
