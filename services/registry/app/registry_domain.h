// The registry as the platform's appender knows it.
#pragma once

#include <string>
#include <string_view>

#include "services/platform/appender/command.h"
#include "services/registry/domain/evolve.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/saved_state.h"

namespace kkr::registry {

// The log's region key: there is one national log, because municipalities move between regions.
inline constexpr char kNationalLog[] = "danmark";

struct Registry {
  using State = registry::State;
  using Event = v1::Event;
  using Rejection = registry::Rejection;

  static void evolve(State& state, const platform::Recorded<Event>& recorded) {
    registry::evolve(state, recorded.event, {recorded.at.position, recorded.at.recorded_at});
  }
  static std::string save_state(const State& state) { return registry::save_state(state); }
  static bool load_state(std::string_view saved, State& state) {
    return registry::load_state(saved, state);
  }
  static constexpr int kStateVersion = registry::kStateVersion;
};

}  // namespace kkr::registry
