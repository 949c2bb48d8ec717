#include "services/platform/csv/csv_table.h"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "services/platform/csv/byte_order_mark.h"
#include "services/platform/field/encoding.h"

namespace kkr::platform {
namespace {

std::size_t line_breaks_in(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Cuts the bytes into rows with libcsv. It is fed line by line, so that the line is known when it
// calls back.
class RowReader {
 public:
  explicit RowReader(char separator) {
    csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
    csv_set_delim(&parser_, static_cast<unsigned char>(separator));
  }
  ~RowReader() { csv_free(&parser_); }
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  std::optional<CsvFault> read(std::string_view bytes) {
    while (!bytes.empty()) {
      const std::size_t length = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
      if (csv_parse(&parser_, bytes.data(), length, on_cell, on_row, this) != length) {
        return quotes_out_of_place();
      }
      bytes.remove_prefix(length);
      ++line_;
    }
    --line_;
    if (csv_fini(&parser_, on_cell, on_row, this) != 0) return quotes_out_of_place();
    return std::nullopt;
  }

  std::vector<CsvTable::Row> rows;

 private:
  static void on_cell(void* bytes, std::size_t size, void* self) {
    auto& reader = *static_cast<RowReader*>(self);
    std::string cell(static_cast<const char*>(bytes), size);
    if (reader.row_.cells.empty()) reader.row_.line = reader.line_ - line_breaks_in(cell);
    reader.row_.cells.push_back(std::move(cell));
  }
  static void on_row(int, void* self) {
    auto& reader = *static_cast<RowReader*>(self);
    reader.rows.push_back(std::exchange(reader.row_, {}));
  }
  CsvFault quotes_out_of_place() const {
    return {line_, "", "a quotation mark stands where none may stand, or one is missing"};
  }

  csv_parser parser_{};
  CsvTable::Row row_;
  std::size_t line_ = 1;
};

std::optional<CsvFault> check_heading(const CsvTable::Row& heading) {
  for (auto column = heading.cells.begin(); column != heading.cells.end(); ++column) {
    if (column->empty()) return CsvFault{heading.line, "", "a column has no name"};
    if (std::find(heading.cells.begin(), column, *column) != column) {
      return CsvFault{heading.line, *column, "two columns have this name"};
    }
  }
  return std::nullopt;
}

}  // namespace

std::variant<CsvTable, CsvFault> CsvTable::read(std::string_view bytes, char separator) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (const auto place = find_bad_utf8(bytes)) {
    return CsvFault{1 + line_breaks_in(bytes.substr(0, *place)), "", "this is not UTF-8"};
  }
  RowReader reader(separator);
  if (auto fault = reader.read(bytes)) return *fault;
  if (reader.rows.empty()) return CsvFault{1, "", "the file has no heading"};
  if (auto fault = check_heading(reader.rows.front())) return *fault;

  CsvTable table;
  table.columns_ = std::move(reader.rows.front().cells);
  reader.rows.erase(reader.rows.begin());
  for (const Row& row : reader.rows) {
    if (row.cells.size() != table.columns_.size()) {
      return CsvFault{row.line, "",
                      "it has " + std::to_string(row.cells.size()) + " cells, the heading has " +
                          std::to_string(table.columns_.size())};
    }
  }
  table.rows_ = std::move(reader.rows);
  return table;
}

std::optional<std::size_t> CsvTable::find(std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  if (found == columns_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns_.begin());
}

std::string CsvTable::cell(const Row& row, std::string_view column) const {
  const auto place = find(column);
  return place ? row.cells[*place] : "";
}

}  // namespace kkr::platform
