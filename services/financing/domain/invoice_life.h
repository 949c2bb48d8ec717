// How an invoice is delivered, disputed and settled. Pure; credit_commands.h takes one back.
#pragma once

#include "kkr/financing/v1/invoices.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::MarkDeliveredRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::DisputeInvoiceRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::ResolveDisputeRequest& command,
                const Context& context);

}  // namespace kkr::financing
