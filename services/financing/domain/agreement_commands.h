// How an agreement is made, amended and ended. Pure.
#pragma once

#include <memory>
#include <string_view>

#include "services/financing/domain/state.h"

namespace kkr::financing {

// Null when there is none of this name.
std::shared_ptr<const Agreement> find_agreement(const Financing& state, std::string_view name);

Decision decide(const Financing& state, const v1::CreateAgreementRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::AmendAgreementRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::EndAgreementRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::EraseContactsRequest& command,
                const Context& context);

// Takes in what happened to an agreement; called by `evolve`.
void create(Financing& state, const v1::AgreementCreated& fact, const Recorded& recorded);
void amend(Financing& state, const v1::AgreementAmended& fact, const Recorded& recorded);
void end(Financing& state, const v1::AgreementEnded& fact, const Recorded& recorded);
void erase(Financing& state, const v1::ContactsErased& fact, const Recorded& recorded);

}  // namespace kkr::financing
