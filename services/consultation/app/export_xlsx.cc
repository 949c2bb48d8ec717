// A workbook: an overview, then a sheet for each question.
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "services/consultation/app/danish_labels.h"
#include "services/consultation/app/export_collection.h"

namespace kkr::consultation {
namespace {

// The library writes to a path: this one leads to memory, not to a disk.
class MemoryFile {
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

// Writes rows from the top of one sheet. Texts are written as texts, never as formulas.
class Sheet {
 public:
  Sheet(lxw_workbook* book, const std::string& name)
      : sheet_(workbook_add_worksheet(book, name.c_str())) {
    bold_ = workbook_add_format(book);
    format_set_bold(bold_);
    heading_ = workbook_add_format(book);
    format_set_bold(heading_);
    format_set_bottom(heading_, LXW_BORDER_THIN);
    wrapped_ = workbook_add_format(book);
    format_set_text_wrap(wrapped_);
    format_set_align(wrapped_, LXW_ALIGN_VERTICAL_TOP);
    worksheet_set_landscape(sheet_);
    worksheet_set_paper(sheet_, 9);  // A4.
    worksheet_fit_to_pages(sheet_, 1, 0);
  }

  void widths(const std::vector<double>& widths) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, column, column, widths[i], nullptr);
    }
  }
  void title(const std::string& text) { put(0, text, bold_), ++row_; }
  void line(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) put(i, cells[i], wrapped_);
    ++row_;
  }
  // A heading that stays in sight, and on top of every printed page.
  void headings(const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) put(i, cells[i], heading_);
    worksheet_repeat_rows(sheet_, row_, row_);
    worksheet_freeze_panes(sheet_, row_ + 1, 0);
    ++row_;
  }
  void gap() { ++row_; }
  void text(std::size_t column, const std::string& text) { put(column, text, wrapped_); }
  // A spreadsheet reckons in floating point: what has more digits than that holds stays a text.
  void number(std::size_t column, const std::string& decimal) {
    constexpr long kDigitsMax = 15;
    const long digits =
        std::count_if(decimal.begin(), decimal.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (decimal.empty() || digits > kDigitsMax) return text(column, decimal);
    worksheet_write_number(sheet_, row_, static_cast<lxw_col_t>(column),
                           std::strtod(decimal.c_str(), nullptr), wrapped_);
  }
  void next() { ++row_; }

 private:
  void put(std::size_t column, const std::string& text, lxw_format* format) {
    // An Excel cell holds 32,767 characters; a text of 20,000 fits.
    worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(column), text.c_str(), format);
  }

  lxw_worksheet* const sheet_;
  lxw_format* bold_;
  lxw_format* heading_;
  lxw_format* wrapped_;
  lxw_row_t row_ = 0;
};

void write_overview(lxw_workbook* book, const v1::Collection& collection) {
  Sheet sheet(book, "Oversigt");
  sheet.widths({24, 24, 20, 22, 14, 34, 30, 16});
  const v1::CollectionContent& content = collection.content();
  const v1::CollectionTally& tally = collection.tally();
  sheet.title(content.round_title());
  sheet.line({"Opsamling nr.", std::to_string(collection.number())});
  sheet.line({"Svarfrist", danish_date(content.deadline_date())});
  const std::pair<const char*, int> counts[] = {
      {"Inviterede", tally.invited()},
      {"Til tiden", tally.on_time()},
      {"Inden for forlænget frist", tally.within_extension()},
      {"For sent", tally.late()},
      {"Ingen bemærkninger", tally.no_comments()},
      {"Ønsker ikke at svare", tally.declined()},
      {"Mangler", tally.missing()}};
  for (const auto& [label, count] : counts) {
    sheet.text(0, label);
    sheet.number(1, std::to_string(count));
    sheet.next();
  }
  if (!collection.outcome_note().text().empty()) {
    sheet.line({"Ændret på baggrund af høringen", collection.outcome_note().text()});
  }
  sheet.gap();
  sheet.headings({"Kommune", "Klynge", "Svar", "Rettidighed", "Modtaget", "Behandling",
                  "Underskrift", "Forlænget frist"});
  for (const v1::CollectedMunicipality& one : content.municipalities()) {
    sheet.line({one.display_name(), one.cluster(), outcome_label(one),
                timeliness_label(one.timeliness()), one.received_date(),
                treatment_label(one.treatment()), sign_off_label(one), one.extension_date()});
  }
}

void write_table(Sheet& sheet, const v1::MergedTable& table) {
  std::vector<std::string> headings = {"Kommune", "Klynge"};
  std::vector<double> widths = {24, 24};
  for (const v1::MergedColumn& column : table.columns()) {
    headings.push_back(heading_label(column));
    widths.push_back(column.numeric() ? 14 : 40);
  }
  sheet.widths(widths);
  sheet.headings(headings);
  for (const v1::MergedRow& row : table.rows()) {
    sheet.text(0, row.display_name());
    sheet.text(1, row.cluster());
    for (int i = 0; i < row.cells_size(); ++i) {
      const auto column = static_cast<std::size_t>(i) + 2;
      table.columns(i).numeric() ? sheet.number(column, row.cells(i))
                                 : sheet.text(column, row.cells(i));
    }
    sheet.next();
  }
}

void write_counts(Sheet& sheet, const v1::CollectedQuestion& question) {
  for (const v1::OptionCount& option : question.options()) {
    sheet.text(0, option.label());
    sheet.number(1, std::to_string(option.count()));
    sheet.next();
  }
  if (!question.has_statistics()) return;
  const v1::NumberStatistics& numbers = question.statistics();
  const struct {
    const char* label;
    std::string figure;
    std::string unit;
  } rows[] = {{"Antal svar", std::to_string(numbers.count()), ""},
              {"Sum", numbers.sum(), numbers.unit()},
              {"Gennemsnit", numbers.mean(), numbers.unit()},
              {"Median", numbers.median(), numbers.unit()},
              {"Mindst", numbers.min(), numbers.unit()},
              {"Størst", numbers.max(), numbers.unit()}};
  for (const auto& row : rows) {
    sheet.text(0, row.label);
    sheet.number(1, row.figure);
    sheet.text(2, row.unit);
    sheet.next();
  }
}

void write_values(Sheet& sheet, const v1::CollectedQuestion& question) {
  sheet.widths({24, 24, 90});
  write_counts(sheet, question);
  if (question.options_size() > 0 || question.has_statistics()) sheet.gap();
  sheet.headings({"Kommune", "Klynge", "Svar"});
  for (const v1::ClusterValues& cluster : question.clusters()) {
    for (const v1::CollectedValue& value : cluster.values()) {
      sheet.text(0, value.display_name());
      sheet.text(1, cluster.cluster());
      value.value().has_number() ? sheet.number(2, value.value().number())
                                 : sheet.text(2, value.display_text());
      sheet.next();
    }
  }
}

}  // namespace

std::string to_xlsx(const v1::Collection& collection) {
  const MemoryFile file;
  if (!file.is_open()) return {};
  lxw_workbook* book = workbook_new(file.path().c_str());
  if (book == nullptr) return {};
  lxw_doc_properties properties{};
  std::string title = collection.content().round_title();
  properties.title = title.data();
  properties.created =
      collection.create_time().seconds();  // The same file whenever it is asked for.
  workbook_set_properties(book, &properties);
  write_overview(book, collection);
  int number = 0;
  for (const v1::CollectedQuestion& question : collection.content().questions()) {
    // Ids hold nothing that a sheet's name may not, and 31 characters are too few for a title.
    const std::string name = std::to_string(++number) + " " + question.question();
    Sheet sheet(book, name.substr(0, 31));
    sheet.title(question.title());
    if (!question.note().text().empty()) sheet.line({question.note().text()});
    question.has_table() ? write_table(sheet, question.table()) : write_values(sheet, question);
  }
  // Closes and frees the book whatever happens.
  return workbook_close(book) == LXW_NO_ERROR ? file.content() : std::string();
}

}  // namespace kkr::consultation
