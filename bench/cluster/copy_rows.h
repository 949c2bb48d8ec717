// Rows for PostgreSQL's `COPY … FROM STDIN (FORMAT binary)`, column by column.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace kkr::platform {

class CopyRows {
 public:
  CopyRows() {
    bytes_.append("PGCOPY\n\377\r\n\0", 11);
    big_endian(0, 4);  // No flags …
    big_endian(0, 4);  // … and no extension of the header.
  }

  CopyRows& row(int columns) {
    big_endian(static_cast<std::uint64_t>(columns), 2);
    return *this;
  }
  CopyRows& bytes(std::string_view value) {
    big_endian(value.size(), 4);
    bytes_.append(value);
    return *this;
  }
  CopyRows& bigint(std::uint64_t value) {
    big_endian(8, 4);
    big_endian(value, 8);
    return *this;
  }

  // All of it; no row may be added after that.
  std::string_view finish() {
    bytes_.append("\377\377", 2);
    return bytes_;
  }

 private:
  void big_endian(std::uint64_t value, int size) {
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
      bytes_.push_back(static_cast<char>(value >> static_cast<unsigned>(shift)));
    }
  }

  std::string bytes_;
};

}  // namespace kkr::platform
