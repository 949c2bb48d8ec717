// When a municipality may get a later deadline. Pure.
#pragma once

#include "services/consultation/domain/state.h"

namespace kkr::consultation {

Decision decide(const Consultation& state, const v1::AskExtensionRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::GrantExtensionRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::RefuseExtensionRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::WithdrawExtensionRequest& command,
                const Context& context);
// In any phase of the round: whoever is named may ask for it at any time.
Decision decide(const Consultation& state, const v1::EraseExtensionReasonsRequest& command,
                const Context& context);

// Takes in what happened to an extension; called by `evolve`.
void ask(Consultation& state, const v1::ExtensionAsked& fact, const Recorded& recorded);
void grant(Consultation& state, const v1::ExtensionGranted& fact, const Recorded& recorded);
void refuse(Consultation& state, const v1::ExtensionRefused& fact, const Recorded& recorded);
void withdraw(Consultation& state, const v1::ExtensionWithdrawn& fact, const Recorded& recorded);
void erase(Consultation& state, const v1::ExtensionReasonsErased& fact, const Recorded& recorded);

}  // namespace kkr::consultation
