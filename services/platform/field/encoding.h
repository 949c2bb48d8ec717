// Which bytes are text: UTF-8, and the code page that older Danish programs still write. Refuses to
// guess: bytes that are no character are named, never replaced.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::platform {

// Where the first byte stands that does not begin a UTF-8 character; nullopt when all is well.
// Overlong forms, surrogates and what lies beyond U+10FFFF are no characters.
std::optional<std::size_t> find_bad_utf8(std::string_view bytes);

// The UTF-8 form of a text in Windows-1252; nullopt when a byte stands in it that the code page
// leaves undefined.
std::optional<std::string> from_windows_1252(std::string_view bytes);

}  // namespace kkr::platform
