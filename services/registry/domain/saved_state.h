// The state as a snapshot keeps it: the API's resources, each with its etag.
#pragma once

#include <string>
#include <string_view>

#include "services/registry/domain/state.h"

namespace kkr::registry {

// Raised whenever the saved shape changes; older snapshots are then ignored.
inline constexpr int kStateVersion = 1;

// The same bytes for the same state.
std::string save_state(const State& state);
// False: not what `save_state` writes; `state` is then of no use.
bool load_state(std::string_view saved, State& state);

}  // namespace kkr::registry
