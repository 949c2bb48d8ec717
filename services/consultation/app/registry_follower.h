// What this service does because of what happens in the registry: when a person is erased there,
// the signatures that name them are erased here.
#pragma once

#include <string>

#include "services/consultation/domain/state.h"
#include "services/platform/follower/follower.h"

namespace kkr::consultation {

// The log followed.
inline constexpr char kRegistryLog[] = "registry/danmark";

// For the log of one region, an id such as `hovedstaden`. Idempotent: a signature is erased once.
platform::FollowRules<Domain> follow_registry(const std::string& region);

}  // namespace kkr::consultation
