// What this service does because of what happens to invoices: it gives notice of them and of their
// dunnings. It keeps nothing of an invoice but who pays it.
#pragma once

#include <string>
#include <string_view>

#include "services/notification/domain/state.h"
#include "services/platform/follower/follower.h"

namespace kkr::notification {

// The log followed for a region.
std::string financing_log(std::string_view region);

// For the log of any region. Idempotent: notice of an invoice, and of each step of its dunning, is
// given once.
platform::FollowRules<Domain> follow_financing();

}  // namespace kkr::notification
