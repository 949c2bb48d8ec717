// Writes a table as CSV that spreadsheets open as it is meant: RFC 4180, UTF-8 with a byte order
// mark, every cell in quotes. What a spreadsheet would take for a formula is made a text.
#pragma once

#include <string>
#include <vector>

namespace kkr::platform {

class CsvWriter {
 public:
  explicit CsvWriter(char separator = ',');

  // Adds a line. A cell that begins like a formula is set an apostrophe before, unless it is a
  // plain number such as `-12.50`.
  void line(const std::vector<std::string>& cells);

  // Everything written so far.
  const std::string& text() const { return text_; }

 private:
  const char separator_;
  std::string text_;
};

}  // namespace kkr::platform
