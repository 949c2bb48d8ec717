#include "gateway/json/json_reader.h"

namespace kkr::gateway {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
// Bytes that stand for themselves inside a JSON string.
bool is_plain(char c) {
  return c != '"' && c != '\\' && static_cast<unsigned char>(c) - 0x20U < 0x60U;
}

void append_utf8(std::string& out, unsigned code) {
  const auto put = [&out](unsigned byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0U | code >> 6U);
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put(0x80U | (code >> 6U & 0x3FU));
  } else {
    put(0xF0U | code >> 18U);
    put(0x80U | (code >> 12U & 0x3FU));
    put(0x80U | (code >> 6U & 0x3FU));
  }
  put(0x80U | (code & 0x3FU));
}

}  // namespace

std::size_t utf8_sequence_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (text.empty()) return 0;
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if (!is_continuation(text[i])) return 0;
  const unsigned second = byte(1);
  if (lead == 0xE0 && second < 0xA0) return 0;  // Overlong.
  if (lead == 0xED && second > 0x9F) return 0;  // A surrogate.
  if (lead == 0xF0 && second < 0x90) return 0;  // Overlong.
  if (lead == 0xF4 && second > 0x8F) return 0;  // Beyond U+10FFFF.
  return length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

bool JsonReader::fail(JsonFault fault) {
  if (!broken()) fault_ = fault;
  return false;
}

void JsonReader::skip_blanks() {
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
    ++at_;
  }
}

bool JsonReader::take(char expected) {
  if (at_ >= text_.size() || text_[at_] != expected) return false;
  ++at_;
  return true;
}

bool JsonReader::take_word(std::string_view word) {
  if (text_.substr(at_, word.size()) != word) return fail(JsonFault::kSyntax);
  at_ += word.size();
  return true;
}

JsonKind JsonReader::peek() {
  skip_blanks();
  if (broken()) return JsonKind::kBroken;
  const char c = at_ < text_.size() ? text_[at_] : '\0';
  switch (c) {
    case '{': return JsonKind::kObject;
    case '[': return JsonKind::kArray;
    case '"': return JsonKind::kString;
    case 't':
    case 'f': return JsonKind::kBool;
    case 'n': return JsonKind::kNull;
    default: break;
  }
  if (c == '-' || is_digit(c)) return JsonKind::kNumber;
  fail(JsonFault::kSyntax);
  return JsonKind::kBroken;
}

bool JsonReader::enter() {
  if (broken()) return false;
  if (depth_ == kDepthMax) return fail(JsonFault::kTooDeep);
  ++at_;
  has_member_[static_cast<std::size_t>(++depth_)] = false;
  return true;
}

bool JsonReader::next_key(std::string& key) {
  skip_blanks();
  if (broken()) return false;
  if (take('}')) {
    --depth_;
    return false;
  }
  bool& has_member = has_member_[static_cast<std::size_t>(depth_)];
  if (has_member && !take(',')) return fail(JsonFault::kSyntax);
  has_member = true;
  skip_blanks();
  if (!read_string(key)) return false;
  skip_blanks();
  return take(':') || fail(JsonFault::kSyntax);
}

bool JsonReader::next_element() {
  skip_blanks();
  if (broken()) return false;
  if (take(']')) {
    --depth_;
    return false;
  }
  bool& has_member = has_member_[static_cast<std::size_t>(depth_)];
  if (has_member && !take(',')) return fail(JsonFault::kSyntax);
  has_member = true;
  return true;
}

bool JsonReader::read_string(std::string& decoded) {
  decoded.clear();
  if (broken() || !take('"')) return fail(JsonFault::kSyntax);
  while (at_ < text_.size()) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
    decoded.append(text_, begin, at_ - begin);
    if (take('"')) return true;
    if (at_ >= text_.size()) break;
    if (text_[at_] == '\\') {
      if (!take_escape(decoded)) return false;
    } else {
      const std::size_t wide = at_;
      if (!take_utf8()) return false;
      decoded.append(text_, wide, at_ - wide);
    }
  }
  return fail(JsonFault::kSyntax);
}

bool JsonReader::take_utf8() {
  if (static_cast<unsigned char>(text_[at_]) < 0x20) return fail(JsonFault::kSyntax);
  const std::size_t length = utf8_sequence_length(text_.substr(at_, 4));
  if (length == 0) return fail(JsonFault::kBadUtf8);
  at_ += length;
  return true;
}

bool JsonReader::take_hex4(unsigned& unit) {
  unit = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return fail(JsonFault::kSyntax);
    unit = unit << 4U | static_cast<unsigned>(digit);
  }
  return true;
}

bool JsonReader::take_escape(std::string& decoded) {
  ++at_;
  const char c = at_ < text_.size() ? text_[at_++] : '\0';
  constexpr std::string_view kShort = "\"\\/bfnrt";
  constexpr std::string_view kMeaning = "\"\\/\b\f\n\r\t";
  if (const auto i = kShort.find(c); c != '\0' && i != std::string_view::npos) {
    decoded.push_back(kMeaning[i]);
    return true;
  }
  if (c != 'u') return fail(JsonFault::kSyntax);
  unsigned code = 0;
  if (!take_hex4(code)) return false;
  if (code >= 0xDC00 && code < 0xE000) return fail(JsonFault::kBadUtf8);
  if (code >= 0xD800 && code < 0xDC00) {
    unsigned low = 0;
    if (!take('\\') || !take('u')) return fail(JsonFault::kBadUtf8);
    if (!take_hex4(low)) return false;
    if (low < 0xDC00 || low >= 0xE000) return fail(JsonFault::kBadUtf8);
    code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
  }
  append_utf8(decoded, code);
  return true;
}

bool JsonReader::take_digits() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  return at_ > begin || fail(JsonFault::kSyntax);
}

bool JsonReader::read_number(std::string_view& as_written) {
  if (broken()) return false;
  const std::size_t begin = at_;
  take('-');
  if (!take('0') && !take_digits()) return false;
  if (take('.') && !take_digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (!take_digits()) return false;
  }
  as_written = text_.substr(begin, at_ - begin);
  return true;
}

bool JsonReader::read_bool(bool& value) {
  if (broken()) return false;
  value = at_ < text_.size() && text_[at_] == 't';
  return take_word(value ? "true" : "false");
}

bool JsonReader::read_null() { return !broken() && take_word("null"); }

bool JsonReader::read_raw(std::string_view& as_written) {
  const JsonKind kind = peek();
  const std::size_t begin = at_;
  std::string text;
  std::string_view part;
  bool truth = false;
  switch (kind) {
    case JsonKind::kBroken: return false;
    case JsonKind::kNull: read_null(); break;
    case JsonKind::kBool: read_bool(truth); break;
    case JsonKind::kNumber: read_number(part); break;
    case JsonKind::kString: read_string(text); break;
    case JsonKind::kArray:
      if (!enter()) return false;
      while (next_element())
        if (!read_raw(part)) return false;
      break;
    case JsonKind::kObject:
      if (!enter()) return false;
      while (next_key(text))
        if (!read_raw(part)) return false;
      break;
  }
  as_written = text_.substr(begin, at_ - begin);
  return !broken();
}

bool JsonReader::at_end() {
  skip_blanks();
  return !broken() && at_ == text_.size();
}

}  // namespace kkr::gateway
