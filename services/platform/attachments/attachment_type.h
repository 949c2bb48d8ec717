// Tells the type of a file from its content. Knows only the types that KKR takes in: those a
// municipality sends its answers and minutes as, none of which runs in a browser.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kkr::platform {

// The media types taken in, in alphabetical order.
const std::vector<std::string>& allowed_media_types();

// The usual extension of an allowed type, without a dot; empty for any other.
std::string extension_of(std::string_view media_type);

// The media type of the content; nullopt when it is not one that is taken in. `file_name` decides
// only whether plain text is CSV. Safe to call from any thread.
std::optional<std::string> media_type_of(std::string_view content, std::string_view file_name);

}  // namespace kkr::platform
