// The posts that a notice asks for, as sends beside those to offices: so a post is made once, tried
// again, given up and looked at as a mail is.
#pragma once

#include <cstdint>
#include <vector>

#include "services/notification/domain/state.h"
#include "services/notification/sending/send.h"

namespace kkr::notification {

// For the notice that stands at this position of the log, by the webhooks of `state`; `to_offices`
// are the sends that were made of the notice already.
std::vector<PlannedSend> webhook_sends(const Notification& state, const v1::NoticeDue& notice,
                                       std::uint64_t position,
                                       const std::vector<PlannedSend>& to_offices);

}  // namespace kkr::notification
