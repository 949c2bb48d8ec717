// A workbook: an overview, then a sheet for each question.
#include <string>
#include <utility>
#include <vector>

#include "services/consultation/app/danish_labels.h"
#include "services/consultation/app/export_collection.h"
#include "services/platform/time/danish_date.h"
#include "services/platform/workbook/workbook.h"

namespace kkr::consultation {
namespace {

using platform::Sheet;
using platform::Workbook;

void write_overview(Workbook& book, const v1::Collection& collection) {
  Sheet sheet = book.add_sheet("Oversigt");
  sheet.widths({24, 24, 20, 22, 14, 34, 30, 16});
  const v1::CollectionContent& content = collection.content();
  const v1::CollectionTally& tally = collection.tally();
  sheet.title(content.round_title());
  sheet.line({"Opsamling nr.", std::to_string(collection.number())});
  sheet.line({"Svarfrist", platform::danish_date(content.deadline_date())});
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
  Workbook book(collection.content().round_title(), collection.create_time().seconds());
  if (!book.is_open()) return {};
  write_overview(book, collection);
  int number = 0;
  for (const v1::CollectedQuestion& question : collection.content().questions()) {
    // Ids hold nothing that a sheet's name may not, and 31 characters are too few for a title.
    Sheet sheet = book.add_sheet(std::to_string(++number) + " " + question.question());
    sheet.title(question.title());
    if (!question.note().text().empty()) sheet.line({question.note().text()});
    question.has_table() ? write_table(sheet, question.table()) : write_values(sheet, question);
  }
  return book.finish();
}

}  // namespace kkr::consultation
