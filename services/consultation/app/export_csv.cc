// RFC 4180 with a byte order mark, which spreadsheets need to take the file for UTF-8.
#include <csv.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/consultation/app/danish_labels.h"
#include "services/consultation/app/export_collection.h"
#include "services/consultation/domain/decimal.h"

namespace kkr::consultation {
namespace {

using Line = std::vector<std::string>;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// A spreadsheet takes what begins like this for a formula and runs it when the file is opened.
std::string guarded(const std::string& value) {
  constexpr std::string_view kFormulaStart = "=+-@\t\r\n";
  const bool suspicious = !value.empty() && kFormulaStart.find(value.front()) != kFormulaStart.npos;
  return suspicious && !parse_decimal(value) ? "'" + value : value;
}

void write(const Line& line, std::string& csv) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) csv += ',';
    const std::string field = guarded(line[i]);
    std::string quoted(2 * field.size() + 2, '\0');  // The most that quoting can make of it.
    quoted.resize(csv_write(quoted.data(), quoted.size(), field.data(), field.size()));
    csv += quoted;
  }
  csv += "\r\n";
}

// Question, heading, row, column, value.
using ValuesByMunicipality = std::map<std::string, std::vector<Line>>;

void add_table(const v1::CollectedQuestion& question, ValuesByMunicipality& values) {
  std::map<std::string, int> rows;
  for (const v1::MergedRow& row : question.table().rows()) {
    const int number = ++rows[row.municipality()];
    for (int i = 0; i < row.cells_size(); ++i) {
      values[row.municipality()].push_back(
          {question.question(), question.title(), std::to_string(number),
           heading_label(question.table().columns(i)), row.cells(i)});
    }
  }
}

ValuesByMunicipality values_of(const v1::CollectionContent& content) {
  ValuesByMunicipality values;
  for (const v1::CollectedQuestion& question : content.questions()) {
    add_table(question, values);
    for (const v1::ClusterValues& cluster : question.clusters()) {
      for (const v1::CollectedValue& value : cluster.values()) {
        const std::string text =
            value.value().has_number() ? value.value().number() : value.display_text();
        values[value.municipality()].push_back(
            {question.question(), question.title(), "", "", text});
      }
    }
  }
  return values;
}

}  // namespace

std::string to_csv(const v1::Collection& collection) {
  std::string csv(kByteOrderMark);
  write({"kommunekode", "kommune", "klynge", "svar", "rettidighed", "modtaget", "version",
         "behandling", "underskrift", "forlænget frist", "spørgsmål", "overskrift", "række",
         "kolonne", "værdi"},
        csv);
  const ValuesByMunicipality values = values_of(collection.content());
  for (const v1::CollectedMunicipality& one : collection.content().municipalities()) {
    const Line standing = {one.municipality(),
                           one.display_name(),
                           one.cluster(),
                           outcome_label(one),
                           timeliness_label(one.timeliness()),
                           one.received_date(),
                           std::to_string(one.version()),
                           treatment_label(one.treatment()),
                           sign_off_label(one),
                           one.extension_date()};
    const auto found = values.find(one.municipality());
    // Who wrote nothing has a line too.
    static const std::vector<Line> kNothing = {{"", "", "", "", ""}};
    for (const Line& value : found == values.end() ? kNothing : found->second) {
      Line line = standing;
      line.insert(line.end(), value.begin(), value.end());
      write(line, csv);
    }
  }
  return csv;
}

}  // namespace kkr::consultation
