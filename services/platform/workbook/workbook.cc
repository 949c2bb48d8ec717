#include "services/platform/workbook/workbook.h"

#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>

namespace kkr::platform {

// The library writes to a path: this one leads to memory, not to a disk.
class Workbook::MemoryFile {
 public:
  MemoryFile() : descriptor_(memfd_create("workbook", MFD_CLOEXEC)) {}
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  std::string content() const {
    const off_t size = lseek(descriptor_, 0, SEEK_END);
    std::string content(static_cast<std::size_t>(std::max<off_t>(size, 0)), '\0');
    std::size_t done = 0;
    while (done < content.size()) {
      const ssize_t count = pread(descriptor_, content.data() + done, content.size() - done,
                                  static_cast<off_t>(done));
      if (count <= 0) return {};
      done += static_cast<std::size_t>(count);
    }
    return content;
  }

 private:
  const int descriptor_;
};

Sheet::Sheet(lxw_workbook* book, const std::string& name)
    : sheet_(workbook_add_worksheet(book, name.substr(0, LXW_SHEETNAME_MAX).c_str())),
      bold_(workbook_add_format(book)),
      heading_(workbook_add_format(book)),
      wrapped_(workbook_add_format(book)) {
  format_set_bold(bold_);
  format_set_bold(heading_);
  format_set_bottom(heading_, LXW_BORDER_THIN);
  format_set_text_wrap(wrapped_);
  format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
  worksheet_set_landscape(sheet_);
  worksheet_set_paper(sheet_, 9);  // A4.
  worksheet_fit_to_pages(sheet_, 1, 0);
}

void Sheet::widths(const std::vector<double>& widths) {
  for (std::size_t i = 0; i < widths.size(); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet_, column, column, widths[i], nullptr);
  }
}

void Sheet::title(const std::string& text) {
  put(0, text, bold_);
  ++row_;
}

void Sheet::line(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) put(i, cells[i], wrapped_);
  ++row_;
}

void Sheet::headings(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) put(i, cells[i], heading_);
  worksheet_repeat_rows(sheet_, row_, row_);
  worksheet_freeze_panes(sheet_, row_ + 1, 0);
  ++row_;
}

void Sheet::text(std::size_t column, const std::string& text) { put(column, text, wrapped_); }

void Sheet::number(std::size_t column, const std::string& decimal) {
  constexpr long kDigitsMax = 15;
  const long digits =
      std::count_if(decimal.begin(), decimal.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (decimal.empty() || digits > kDigitsMax) return text(column, decimal);
  worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column),
                         std::strtod(decimal.c_str(), nullptr), wrapped_);
}

void Sheet::put(std::size_t column, const std::string& text, lxw_format* format) {
  // A cell holds 32,767 characters; a text of 20,000 fits.
  worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), text.c_str(), format);
}

Workbook::Workbook(const std::string& title, std::int64_t created_at)
    : file_(std::make_unique<MemoryFile>()) {
  if (!file_->is_open()) return;
  book_ = workbook_new(file_->path().c_str());
  if (book_ == nullptr) return;
  lxw_doc_properties properties{};
  std::string title_copy = title;
  properties.title = title_copy.data();
  properties.created = created_at;
  workbook_set_properties(book_, &properties);
}

Workbook::~Workbook() {
  if (book_ != nullptr) workbook_close(book_);
}

Sheet Workbook::add_sheet(const std::string& name) { return Sheet(book_, name); }

std::string Workbook::finish() {
  if (book_ == nullptr) return {};
  // Closes and frees the book whatever happens.
  lxw_workbook* const book = book_;
  book_ = nullptr;
  return workbook_close(book) == LXW_NO_ERROR ? file_->content() : std::string();
}

}  // namespace kkr::platform
