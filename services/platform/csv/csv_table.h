// A CSV file as rows of cells under a heading: RFC 4180, UTF-8 with or without a byte order mark,
// separated by commas or, as Danish programs write it, by semicolons. Refuses a file that is not
// well-formed as a whole, naming the place.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kkr::platform {

// What is wrong with a file, and where. `reason` ends the sentence "Line 3, column cvr: …".
struct CsvFault {
  std::size_t line = 0;
  std::string column;  // As the heading calls it; empty when it is the line as a whole.
  std::string reason;
};

class CsvTable {
 public:
  struct Row {
    std::size_t line = 0;  // The line the row begins on, counted from 1.
    std::vector<std::string> cells;
  };

  // The table, or the first fault: bytes that are not UTF-8, quotes out of place, a column named
  // twice, a row whose cells are not as many as the columns, or no heading.
  static std::variant<CsvTable, CsvFault> read(std::string_view bytes, char separator = ',');

  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<Row>& rows() const { return rows_; }
  // Where `column` stands; nullopt when the file has no such column.
  std::optional<std::size_t> find(std::string_view column) const;
  // The cell of `row` in `column`; empty when the file has no such column.
  std::string cell(const Row& row, std::string_view column) const;

 private:
  std::vector<std::string> columns_;
  std::vector<Row> rows_;
};

}  // namespace kkr::platform
