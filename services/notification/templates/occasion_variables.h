// Which variables the templates of an occasion have, and which of them no notice may leave out.
#pragma once

#include <string>
#include <vector>

#include "kkr/notification/v1/occasions.pb.h"

namespace kkr::notification {

// What text and HTML must show: the link, the place, and the date that matters.
const std::vector<std::string>& must_be_mentioned(v1::Occasion occasion);

}  // namespace kkr::notification
