// A body: a council or committee of a region, with the period it exists, which lies within that of
// the region.
// Pure: no clock, no I/O. Time and actor arrive in the context.
#pragma once

#include "kkr/registry/v1/body.pb.h"
#include "kkr/registry/v1/events.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

Decision decide(const State& state, const v1::CreateBodyRequest& command, const Context& context);
Decision decide(const State& state, const v1::UpdateBodyRequest& command, const Context& context);
Decision decide(const State& state, const v1::EndBodyRequest& command, const Context& context);

void evolve(State& state, const v1::BodyCreated& fact, const Place& at);
void evolve(State& state, const v1::BodyUpdated& fact, const Place& at);
void evolve(State& state, const v1::BodyEnded& fact, const Place& at);

}  // namespace kkr::registry
