// Sends as SendService shows them.
#pragma once

#include <string>
#include <vector>

#include "kkr/notification/v1/sends.pb.h"
#include "services/notification/sending/send_table.h"

namespace kkr::notification {

// As lists show it: without what was written and without its story.
v1::Send shown(std::string_view region, const Send& send);
// With them.
v1::Send shown_whole(std::string_view region, const Send& send,
                     const std::vector<Transition>& story);
v1::Gap shown_gap(std::string_view region, const Send& send);

// What a request asks for, in the words of the table.
SendFilter filter_of(const v1::ListSendsRequest& request);

}  // namespace kkr::notification
