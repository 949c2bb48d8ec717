#include "services/platform/field/text.h"

#include <algorithm>

namespace kkr::platform {

std::size_t characters_in(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool has_control_characters(std::string_view text, Lines lines) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool layout = c == '\n' || c == '\r' || c == '\t';
    if (layout && lines == Lines::kMany) continue;
    if (c < 0x20 || c == 0x7F) return true;
    // U+0080 to U+009F are control characters too: 0xC2 0x80 to 0xC2 0x9F.
    if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0)
      return true;
  }
  return false;
}

}  // namespace kkr::platform
