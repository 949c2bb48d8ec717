#include "gateway/routing/percent.h"

#include "gateway/json/json_reader.h"

namespace kkr::gateway {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The byte that the escape at `text[at]` stands for, or -1.
int escaped_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_digit(text[at + 1]);
  const int low = hex_digit(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

}  // namespace

bool percent_decode(std::string_view text, PercentRule rule, std::string& decoded) {
  decoded.clear();
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '+' && rule == PercentRule::kForm) {
      decoded.push_back(' ');
      continue;
    }
    if (c != '%') {
      decoded.push_back(c);
      continue;
    }
    const int byte = escaped_byte(text, at);
    if (byte < 0) return false;
    if (byte == '/' && rule == PercentRule::kKeepSlash) {
      decoded += "%2F";
    } else {
      decoded.push_back(static_cast<char>(byte));
    }
    at += 2;
  }
  return is_utf8(decoded);
}

std::string percent_encode_for_metadata(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string encoded;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool stays = byte == '%' ? escaped_byte(text, at) >= 0 : byte > 0x20 && byte < 0x7F;
    if (stays) {
      encoded.push_back(text[at]);
    } else {
      encoded += {'%', kHex[byte >> 4U], kHex[byte & 0xFU]};
    }
  }
  return encoded;
}

}  // namespace kkr::gateway
