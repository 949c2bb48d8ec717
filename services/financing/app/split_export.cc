#include "services/financing/app/split_export.h"

#include <vector>

#include "services/financing/domain/ids.h"
#include "services/platform/csv/csv_writer.h"
#include "services/platform/time/local_date.h"
#include "services/platform/time/timestamp.h"
#include "services/platform/workbook/workbook.h"

namespace kkr::financing {
namespace {

enum class Cell { kText, kNumber };

// One column: its heading, how wide it is in a workbook, and what a row holds there.
struct Column {
  const char* heading;
  double width;
  Cell cell;
  std::string (*value)(const v1::Split& split, const v1::SplitRow& row);
};

std::string recorded_date(const v1::SplitRow& row) {
  if (!row.has_population_recorded_time()) return "";
  return platform::format_date(
      platform::local_date_of(platform::instant_of(row.population_recorded_time())));
}

using Whole = const v1::Split&;
using Row = const v1::SplitRow&;

const Column kColumns[] = {
    {"kommunekode", 12, Cell::kText, [](Whole, Row row) { return row.code(); }},
    {"kommune", 22, Cell::kText, [](Whole, Row row) { return row.display_name(); }},
    {"folketal", 12, Cell::kNumber,
     [](Whole, Row row) { return std::to_string(row.population()); }},
    {"folketal pr.", 12, Cell::kText, [](Whole split, Row) { return split.reference_date(); }},
    {"kilde", 22, Cell::kText, [](Whole, Row row) { return row.population_source(); }},
    {"registreret", 12, Cell::kText, [](Whole, Row row) { return recorded_date(row); }},
    {"beløb i alt", 14, Cell::kNumber, [](Whole split, Row) { return split.total(); }},
    {"kvote i øre, tæller", 20, Cell::kNumber,
     [](Whole, Row row) { return row.quota_numerator(); }},
    {"kvote i øre, nævner", 20, Cell::kNumber,
     [](Whole, Row row) { return std::to_string(row.quota_denominator()); }},
    {"nedrundet", 14, Cell::kNumber, [](Whole, Row row) { return row.floor(); }},
    {"rest", 12, Cell::kNumber, [](Whole, Row row) { return std::to_string(row.remainder()); }},
    {"rang", 8, Cell::kNumber, [](Whole, Row row) { return std::to_string(row.rank()); }},
    {"øre efter rest", 14, Cell::kNumber,
     [](Whole, Row row) { return std::string(row.rounded_up() ? "1" : "0"); }},
    {"andel", 14, Cell::kNumber, [](Whole, Row row) { return row.share(); }},
    {"andel pr. indbygger", 18, Cell::kNumber,
     [](Whole, Row row) { return row.share_per_inhabitant(); }},
    {"ændring fra året før", 18, Cell::kNumber,
     [](Whole, Row row) { return row.change_from_year_before(); }},
};

std::vector<std::string> headings() {
  std::vector<std::string> headings;
  for (const Column& column : kColumns) headings.emplace_back(column.heading);
  return headings;
}

// With semicolons, as Danish spreadsheets expect it.
std::string to_csv(const v1::Split& split) {
  platform::CsvWriter csv(';');
  csv.line(headings());
  for (const v1::SplitRow& row : split.rows()) {
    std::vector<std::string> line;
    for (const Column& column : kColumns) line.push_back(column.value(split, row));
    csv.line(line);
  }
  return csv.text();
}

std::string to_xlsx(const v1::Split& split, const std::string& title) {
  platform::Workbook book(title, split.create_time().seconds());
  if (!book.is_open()) return {};
  platform::Sheet sheet = book.add_sheet("Fordeling");
  std::vector<double> widths;
  for (const Column& column : kColumns) widths.push_back(column.width);
  sheet.widths(widths);
  sheet.title(title);
  sheet.line({"Beløb i alt", split.total()});
  sheet.line({"Folketal i alt", std::to_string(split.population_total())});
  sheet.line({"Fordelt efter rest", std::to_string(split.remainder_oere()) + " øre"});
  sheet.gap();
  sheet.headings(headings());
  for (const v1::SplitRow& row : split.rows()) {
    for (std::size_t i = 0; i < std::size(kColumns); ++i) {
      const std::string value = kColumns[i].value(split, row);
      kColumns[i].cell == Cell::kNumber ? sheet.number(i, value) : sheet.text(i, value);
    }
    sheet.next();
  }
  return book.finish();
}

}  // namespace

ExportedFile exported(const v1::Split& split, v1::ExportSplitRequest::Format format) {
  const auto name = parse_split_name(split.name());
  const std::string year = name ? std::to_string(name->id.year) : "";
  const std::string number = name ? std::to_string(name->number) : "";
  const std::string stem = "fordeling-" + year + "-" + number;
  if (format == v1::ExportSplitRequest::FORMAT_XLSX) {
    return {stem + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            to_xlsx(split, "Fordeling " + year + ", nr. " + number)};
  }
  return {stem + ".csv", "text/csv; charset=utf-8; header=present", to_csv(split)};
}

}  // namespace kkr::financing
