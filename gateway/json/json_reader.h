// A pull reader over one JSON text (RFC 8259): the caller says what it expects and gets slices.
// It refuses bad UTF-8, lone surrogates, nesting beyond its limit and anything after the value.
// It neither builds a tree nor judges duplicate keys: whoever reads an object knows its keys.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace kkr::gateway {

enum class JsonKind { kObject, kArray, kString, kNumber, kBool, kNull, kBroken };

enum class JsonFault { kNone, kSyntax, kBadUtf8, kTooDeep };

class JsonReader {
 public:
  static constexpr int kDepthMax = 64;

  explicit JsonReader(std::string_view text) : text_(text) {}

  // The kind of the value that comes next, consuming nothing but blanks. kBroken when there is
  // none; from then on every other call fails and fault() says why.
  JsonKind peek();

  // Steps into the object or array that peek() announced. False: too deep.
  bool enter();
  // The next key of the entered object, decoded. False: the object has ended, or broken().
  bool next_key(std::string& key);
  // True when another element of the entered array follows. False: it has ended, or broken().
  bool next_element();

  // Each reads the value that peek() announced. False: broken().
  bool read_string(std::string& decoded);
  bool read_number(std::string_view& as_written);
  bool read_bool(bool& value);
  bool read_null();
  // Checks any one value and gives it as it was written.
  bool read_raw(std::string_view& as_written);

  // True when only blanks are left.
  bool at_end();

  bool broken() const { return fault_ != JsonFault::kNone; }
  JsonFault fault() const { return fault_; }
  // Where the fault is, in bytes from the start.
  std::size_t offset() const { return at_; }

 private:
  void skip_blanks();
  bool fail(JsonFault fault);
  bool take(char expected);
  bool take_word(std::string_view word);
  bool take_escape(std::string& decoded);
  bool take_hex4(unsigned& unit);
  bool take_utf8();
  bool take_digits();

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::array<bool, kDepthMax + 1> has_member_{};
  JsonFault fault_ = JsonFault::kNone;
};

// The length in bytes of the well-formed UTF-8 sequence at the start of `text`, or 0.
std::size_t utf8_sequence_length(std::string_view text);
// True when the whole text is well-formed UTF-8.
bool is_utf8(std::string_view text);

}  // namespace kkr::gateway
