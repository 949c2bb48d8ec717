// How an invoice is taken back by a credit note, and issued anew. Pure.
#pragma once

#include "kkr/financing/v1/invoices.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::CreditInvoiceRequest& command,
                const Context& context);

// A credit note for the whole of `invoice`, numbered `id`, issued on a day. Everything is set but
// the reason and the posting.
v1::InvoiceIssued credit_note_of(const Invoice& invoice, std::string_view region,
                                 const InvoiceId& id, LocalDate today);

}  // namespace kkr::financing
