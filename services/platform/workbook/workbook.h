// A workbook for spreadsheets (XLSX), made in memory. Texts are written as texts, never as
// formulas.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct lxw_workbook;
struct lxw_worksheet;
struct lxw_format;

namespace kkr::platform {

// Writes rows from the top of one sheet. Lives no longer than its workbook.
class Sheet {
 public:
  void widths(const std::vector<double>& widths);
  void title(const std::string& text);
  void line(const std::vector<std::string>& cells);
  // A heading that stays in sight, and on top of every printed page.
  void headings(const std::vector<std::string>& cells);
  void gap() { ++row_; }

  // Cells of the present row, which next() ends.
  void text(std::size_t column, const std::string& text);
  // A spreadsheet reckons in floating point: what has more digits than that holds stays a text.
  void number(std::size_t column, const std::string& decimal);
  void next() { ++row_; }

 private:
  friend class Workbook;
  Sheet(lxw_workbook* book, const std::string& name);
  void put(std::size_t column, const std::string& text, lxw_format* format);

  lxw_worksheet* sheet_;
  lxw_format* bold_;
  lxw_format* heading_;
  lxw_format* wrapped_;
  std::uint32_t row_ = 0;
};

class Workbook {
 public:
  // `created_at` in seconds since 1970 stands in the file, so that it is the same whenever it is
  // asked for.
  Workbook(const std::string& title, std::int64_t created_at);
  ~Workbook();
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  // False when the system gave no memory: there are then no sheets to be added.
  bool is_open() const { return book_ != nullptr; }
  // Of `name` at most 31 bytes are taken; none of them may be one of `[]:*?/\\`.
  Sheet add_sheet(const std::string& name);
  // The file; empty when the system gave no memory. The workbook is over then.
  std::string finish();

 private:
  class MemoryFile;

  const std::unique_ptr<MemoryFile> file_;
  lxw_workbook* book_ = nullptr;
};

}  // namespace kkr::platform
