// An office: a post in a municipality or a body, held by at most one person at a time.
// Pure: no clock, no I/O. Time and actor arrive in the context.
#pragma once

#include "kkr/registry/v1/events.pb.h"
#include "kkr/registry/v1/office.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

Decision decide(const State& state, const v1::CreateOfficeRequest& command, const Context& context);
Decision decide(const State& state, const v1::EndOfficeRequest& command, const Context& context);
Decision decide(const State& state, const v1::AppointHolderRequest& command,
                const Context& context);
Decision decide(const State& state, const v1::EndTenureRequest& command, const Context& context);

void evolve(State& state, const v1::OfficeCreated& fact, const Place& at);
void evolve(State& state, const v1::OfficeEnded& fact, const Place& at);
void evolve(State& state, const v1::HolderAppointed& fact, const Place& at);
void evolve(State& state, const v1::TenureEnded& fact, const Place& at);

}  // namespace kkr::registry
