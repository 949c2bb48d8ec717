// What a text field may hold. Pure; domains may use it.
#pragma once

#include <cstddef>
#include <string_view>

namespace kkr::platform {

// How many characters (Unicode code points) a valid UTF-8 text has.
std::size_t characters_in(std::string_view text);

enum class Lines {
  kOne,   // No control character at all.
  kMany,  // Line breaks and tabulators may stand in it.
};

// True when a character stands in the text that no reader could see or that would break a header, a
// line or a cell.
bool has_control_characters(std::string_view text, Lines lines);

}  // namespace kkr::platform
