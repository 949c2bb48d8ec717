// How an invoice is delivered, disputed and credited. Pure.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Takes in what happened to an invoice; called by `evolve`.
void issue(Financing& state, const v1::InvoiceIssued& fact, const Recorded& recorded);
void deliver(Financing& state, const v1::InvoiceDelivered& fact, const Recorded& recorded);
void dispute(Financing& state, const v1::InvoiceDisputed& fact, const Recorded& recorded);
void resolve(Financing& state, const v1::DisputeResolved& fact, const Recorded& recorded);

}  // namespace kkr::financing
