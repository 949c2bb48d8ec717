// What this service does because of what happens in the registry: a population that is corrected
// there is corrected in the splits that counted it.
#pragma once

#include "services/financing/domain/state.h"
#include "services/platform/follower/follower.h"

namespace kkr::financing {

// The log followed.
inline constexpr char kRegistryLog[] = "registry/danmark";

// For the log of any region. Idempotent: a figure that a split has counted changes nothing.
platform::FollowRules<Domain> follow_registry();

}  // namespace kkr::financing
