// From events to state. Total: a stored event already happened, so there is no opinion and no
// failure.
#pragma once

#include "kkr/registry/v1/events.pb.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

void evolve(State& state, const v1::Event& event, const Place& at);

}  // namespace kkr::registry
