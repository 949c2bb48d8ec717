// A cluster: municipalities of one region that work together. A municipality may be in two, but
// only while it belongs to the region. Pure: no clock, no I/O. Time and actor arrive in the
// context.
#pragma once

#include "kkr/registry/v1/cluster.pb.h"
#include "kkr/registry/v1/events.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

Decision decide(const State& state, const v1::CreateClusterRequest& command,
                const Context& context);
Decision decide(const State& state, const v1::AddClusterMemberRequest& command,
                const Context& context);
Decision decide(const State& state, const v1::EndClusterMemberRequest& command,
                const Context& context);

void evolve(State& state, const v1::ClusterCreated& fact, const Place& at);
void evolve(State& state, const v1::ClusterMemberAdded& fact, const Place& at);
void evolve(State& state, const v1::ClusterMemberEnded& fact, const Place& at);

}  // namespace kkr::registry
