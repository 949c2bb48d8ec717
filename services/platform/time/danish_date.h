// Days as Danes write them. Pure.
#pragma once

#include <string>

namespace kkr::platform {

// `2013-03-19` as `19. marts 2013`; any other text as it is.
std::string danish_date(const std::string& date);

}  // namespace kkr::platform
