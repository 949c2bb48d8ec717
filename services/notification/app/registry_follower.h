// What this service does because of what happens in the registry: a person who is erased there is
// forgotten here.
#pragma once

#include "services/notification/domain/state.h"
#include "services/platform/follower/follower.h"

namespace kkr::notification {

// The log followed.
inline constexpr char kRegistryLog[] = "registry/danmark";

// For the log of any region. Idempotent: a person is forgotten once.
platform::FollowRules<Domain> follow_registry();

}  // namespace kkr::notification
