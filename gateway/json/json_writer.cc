#include "gateway/json/json_writer.h"

#include <array>
#include <charconv>
#include <cmath>

#include "gateway/json/json_reader.h"

namespace kkr::gateway {
namespace {

template <typename Number>
void append_number(std::string& out, Number value) {
  std::array<char, 40> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out.append(digits.data(), end);
}

template <typename Real>
void append_real(std::string& out, Real value) {
  if (std::isnan(value)) {
    out += "\"NaN\"";
  } else if (std::isinf(value)) {
    out += value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  } else {
    append_number(out, value);
  }
}

void append_escape(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u00";
  out += kHex[static_cast<unsigned char>(c) >> 4U];
  out += kHex[static_cast<unsigned char>(c) & 0xFU];
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t done = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\') {
      ++at;
      continue;
    }
    const std::size_t wide = byte > 0x7F ? utf8_sequence_length(text.substr(at, 4)) : 0;
    if (wide > 0) {
      at += wide;
      continue;
    }
    out.append(text, done, at - done);
    if (byte > 0x7F) {
      out += "\xEF\xBF\xBD";
    } else {
      append_escape(out, text[at]);
    }
    done = ++at;
  }
  out.append(text, done);
  out.push_back('"');
}

void JsonWriter::separate() {
  if (!first_) out_.push_back(',');
  first_ = false;
}

void JsonWriter::open(char bracket) {
  separate();
  out_.push_back(bracket);
  first_ = true;
}

void JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  first_ = false;
}

void JsonWriter::plain_key(std::string_view key) {
  separate();
  out_.push_back('"');
  out_ += key;
  out_ += "\":";
  first_ = true;
}

void JsonWriter::key(std::string_view any_text) {
  separate();
  append_json_string(out_, any_text);
  out_.push_back(':');
  first_ = true;
}

void JsonWriter::string(std::string_view text) {
  separate();
  append_json_string(out_, text);
}

void JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
}

void JsonWriter::number(std::int64_t value) {
  separate();
  append_number(out_, value);
}

void JsonWriter::number(double value) {
  separate();
  append_real(out_, value);
}

void JsonWriter::number(float value) {
  separate();
  append_real(out_, value);
}

void JsonWriter::string_of(std::int64_t value) {
  separate();
  out_.push_back('"');
  append_number(out_, value);
  out_.push_back('"');
}

void JsonWriter::string_of(std::uint64_t value) {
  separate();
  out_.push_back('"');
  append_number(out_, value);
  out_.push_back('"');
}

}  // namespace kkr::gateway
