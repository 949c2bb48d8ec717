// With what a text file begins that spreadsheets are to take for UTF-8.
#pragma once

#include <string_view>

namespace kkr::platform {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace kkr::platform
