// How the movements of a bank's file become payments: each is recorded once, whatever file it
// stands in and however often it comes. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/financing/domain/bank_movement.h"
#include "services/financing/domain/payment_matching.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

constexpr std::size_t kMovementsMax = 10'000;

// Records what is not on record. `movements` are those of the command's file.
Decision decide(const Financing& state, const v1::ImportPaymentsRequest& command,
                const std::vector<BankMovement>& movements, const Context& context);

// The id of the payment that a movement with this identity becomes.
PaymentId payment_of_movement(std::string_view identity);

// What can be paid in the region, or under one agreement only when `agreement` is not empty.
OutstandingByInvoice outstanding_invoices(const Financing& state, std::string_view agreement);

// The fact that a payment was recorded as `match` says, with its posting. `fact` has everything
// that does not come from the match; its agreement becomes that of the invoices that are named.
void settle_match(const Financing& state, const Match& match, v1::PaymentRecorded& fact);

}  // namespace kkr::financing
