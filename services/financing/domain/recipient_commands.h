// How a municipality says where and to whom its invoices go. Pure.
#pragma once

#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::UpdateRecipientRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::EraseBuyerReferenceRequest& command,
                const Context& context);

// Takes in what happened to a recipient; called by `evolve`.
void update(Financing& state, const v1::RecipientUpdated& fact, const Recorded& recorded);
void erase(Financing& state, const v1::BuyerReferenceErased& fact, const Recorded& recorded);

}  // namespace kkr::financing
