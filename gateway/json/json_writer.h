// Appends JSON to a string, in order, without blanks. It places commas and escapes text; it does
// not check that what the caller writes is balanced, nor that a key is written once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kkr::gateway {

class JsonWriter {
 public:
  // Appends to `out`, which must outlive the writer.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  // The key of the next value. `key` must need no escape: it is a name out of a descriptor.
  void plain_key(std::string_view key);
  void key(std::string_view any_text);

  // Bad UTF-8 is replaced by U+FFFD, so that the output is always valid.
  void string(std::string_view text);
  // A number, `true`, `false`, `null` or any value that is JSON already.
  void raw(std::string_view json);
  void number(std::int64_t value);
  // Finite shortest form; NaN and the infinities as the strings protobuf JSON uses.
  void number(double value);
  void number(float value);
  // 64-bit integers as strings, as protobuf JSON has them.
  void string_of(std::int64_t value);
  void string_of(std::uint64_t value);
  void boolean(bool value) { raw(value ? "true" : "false"); }

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string& out_;
  bool first_ = true;
};

// Appends `text` in quotes with JSON escapes.
void append_json_string(std::string& out, std::string_view text);

}  // namespace kkr::gateway
