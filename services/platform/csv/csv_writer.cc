#include "services/platform/csv/csv_writer.h"

#include <csv.h>

#include <algorithm>
#include <string_view>

#include "services/platform/csv/byte_order_mark.h"

namespace kkr::platform {
namespace {

bool is_plain_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto are_digits = [](std::string_view part) {
    return !part.empty() &&
           std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const std::size_t point = std::min(text.find('.'), text.size());
  return are_digits(text.substr(0, point)) &&
         (point == text.size() || are_digits(text.substr(point + 1)));
}

// A spreadsheet takes what begins like this for a formula and runs it when the file is opened.
std::string guarded(const std::string& cell) {
  constexpr std::string_view kFormulaStart = "=+-@\t\r\n";
  const bool suspicious = !cell.empty() && kFormulaStart.find(cell.front()) != kFormulaStart.npos;
  return suspicious && !is_plain_number(cell) ? "'" + cell : cell;
}

}  // namespace

CsvWriter::CsvWriter(char separator) : separator_(separator), text_(kByteOrderMark) {}

void CsvWriter::line(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text_ += separator_;
    const std::string cell = guarded(cells[i]);
    std::string quoted(2 * cell.size() + 2, '\0');  // The most that quoting can make of it.
    quoted.resize(csv_write(quoted.data(), quoted.size(), cell.data(), cell.size()));
    text_ += quoted;
  }
  text_ += "\r\n";
}

}  // namespace kkr::platform
