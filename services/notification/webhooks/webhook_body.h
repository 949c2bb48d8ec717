// What a case system is told of a notice: which one it is and what it is about, by ids and dates.
// No name of a person, no address and nothing that was written.
#pragma once

#include <string>
#include <string_view>

#include "kkr/notification/v1/notice_events.pb.h"

namespace kkr::notification {

// JSON as docs/webhooks.md describes it. `id` tells this notice to this municipality from any
// other.
std::string webhook_body(std::string_view id, std::string_view municipality,
                         const v1::NoticeDue& notice);

}  // namespace kkr::notification
