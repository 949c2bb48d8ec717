// What the facts about payments move in the books of their agreement. Pure.
#pragma once

#include <string>

#include "google/protobuf/repeated_field.h"
#include "services/financing/domain/posting.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

using AllocatedAmounts = google::protobuf::RepeatedPtrField<v1::AllocatedAmount>;

// Who has to pay the invoices, a three-digit code; empty when several have, or there are none.
std::string buyer_of(const Financing& state, const AllocatedAmounts& allocations);

// Everything in `fact` but the posting is set; `payment` is as it stands before the fact.
v1::LedgerPosting posting_of(const Financing& state, const v1::PaymentRecorded& fact);
v1::LedgerPosting posting_of(const Financing& state, const Payment& payment,
                             const v1::PaymentAssigned& fact, LocalDate today);
// The money went out already when the fact names the payment by which it did.
v1::LedgerPosting posting_of(const Financing& state, const Payment& payment,
                             const v1::PaymentReturned& fact);

}  // namespace kkr::financing
