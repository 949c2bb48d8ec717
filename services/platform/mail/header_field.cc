#include "services/platform/mail/header_field.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "services/platform/mail/compose.h"

namespace kkr::platform {
namespace {

// So that the name of the field, `=?UTF-8?B?`, the base64 form and `?=` stay within 76 columns.
constexpr std::size_t kWordBytesMax = 39;
constexpr std::size_t kPlainMax = 60;

bool is_plain(std::string_view line) {
  return line.size() <= kPlainMax && line.find("=?") == std::string_view::npos &&
         std::all_of(line.begin(), line.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// One encoded word for each line. No character of several bytes is cut in two.
std::string encoded_words(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t size = std::min(text.size(), kWordBytesMax);
    while (size < text.size() && size > 1 && continues_character(text[size])) --size;
    if (!out.empty()) out += "\r\n ";
    out += "=?UTF-8?B?" + absl::Base64Escape(std::string(text.substr(0, size))) + "?=";
    text.remove_prefix(size);
  }
  return out;
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

// How many bytes a character has that begins at `text[i]` and is a space, ends a line for some
// reader or shows nothing: the controls of ASCII and Latin-1, and Unicode's line and paragraph
// separators. 0 for any other.
std::size_t gap_at(std::string_view text, std::size_t i) {
  const auto byte = [&](std::size_t at) -> unsigned {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
  };
  if (byte(i) <= ' ' || byte(i) == 0x7F) return 1;
  if (byte(i) == 0xC2 && byte(i + 1) >= 0x80 && byte(i + 1) < 0xA0) return 2;
  const bool separator =
      byte(i) == 0xE2 && byte(i + 1) == 0x80 && (byte(i + 2) == 0xA8 || byte(i + 2) == 0xA9);
  return separator ? 3 : 0;
}

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  bool gap = false;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t size = gap_at(text, i)) {
      gap = true;
      i += size;
      continue;
    }
    if (gap && !line.empty()) line += ' ';
    gap = false;
    line += text[i++];
  }
  return line;
}

std::string text_field(std::string_view name, std::string_view text) {
  const std::string line = one_line(text);
  return std::string(name) + ": " + (is_plain(line) ? line : encoded_words(line)) + "\r\n";
}

std::string mailbox_field(std::string_view name, const Mailbox& mailbox) {
  const std::string line = one_line(mailbox.name);
  std::string field(name);
  field += ": ";
  if (line.empty()) return field + mailbox.address + "\r\n";
  field += is_plain(line) ? in_quotes(line) : encoded_words(line);
  return field + "\r\n <" + mailbox.address + ">\r\n";
}

}  // namespace kkr::platform
