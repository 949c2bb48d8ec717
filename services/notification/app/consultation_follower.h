// What this service does because of what happens to rounds: it learns who is asked, until when, and
// who has answered, and gives notice.
#pragma once

#include <string>
#include <string_view>

#include "services/notification/domain/state.h"
#include "services/platform/follower/follower.h"

namespace kkr::notification {

// The log followed for a region.
std::string consultation_log(std::string_view region);

// Idempotent: a fact taken in again yields nothing.
platform::FollowRules<Domain> follow_consultation(std::string_view region);

}  // namespace kkr::notification
