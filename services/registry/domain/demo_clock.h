// The clock of a demo site: it moves forward when the administrator says so, and never otherwise.
// Pure: the time it shows now arrives in the context.
#pragma once

#include "kkr/registry/v1/clock.pb.h"
#include "kkr/registry/v1/events.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

// `is_demo` tells whether the store was created to run on the demo clock.
Decision decide(bool is_demo, const v1::AdvanceClockRequest& command, const Context& context);

void evolve(State& state, const v1::ClockAdvanced& fact, const Place& at);

}  // namespace kkr::registry
