// A region: the period it exists, and which municipalities belong to it from when to when. Keeps a
// municipality out of two regions at once.
// Pure: no clock, no I/O. Time and actor arrive in the context.
#pragma once

#include "kkr/registry/v1/events.pb.h"
#include "kkr/registry/v1/region.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

Decision decide(const State& state, const v1::CreateRegionRequest& command, const Context& context);
Decision decide(const State& state, const v1::UpdateRegionRequest& command, const Context& context);
Decision decide(const State& state, const v1::EndRegionRequest& command, const Context& context);
Decision decide(const State& state, const v1::AddRegionMemberRequest& command,
                const Context& context);
Decision decide(const State& state, const v1::EndRegionMemberRequest& command,
                const Context& context);

void evolve(State& state, const v1::RegionCreated& fact, const Place& at);
void evolve(State& state, const v1::RegionUpdated& fact, const Place& at);
void evolve(State& state, const v1::RegionEnded& fact, const Place& at);
void evolve(State& state, const v1::RegionMemberAdded& fact, const Place& at);
void evolve(State& state, const v1::RegionMemberEnded& fact, const Place& at);

}  // namespace kkr::registry
