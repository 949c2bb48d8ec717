// How payments are registered, assigned to invoices and sent back; payment_import.h takes in what a
// bank reports. Pure.
#pragma once

#include <string_view>

#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::RegisterPaymentRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::AssignPaymentRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::ReturnPaymentRequest& command,
                const Context& context);

// Adds to `effects` that no payment pays `invoice` any more: it is being credited. What had been
// paid is unallocated then, in the books too, so the credit note takes back the whole.
void release_payments(const Financing& state, std::string_view region, const InvoiceId& invoice,
                      LocalDate today, Effects& effects);

// Takes in what happened to a payment, and what that does to invoices; called by `evolve`.
void record(Financing& state, const v1::PaymentRecorded& fact, const Recorded& recorded);
void assign(Financing& state, const v1::PaymentAssigned& fact, const Recorded& recorded);
void send_back(Financing& state, const v1::PaymentReturned& fact, const Recorded& recorded);
void confirm(Financing& state, const v1::PaymentConfirmed& fact, const Recorded& recorded);

}  // namespace kkr::financing
