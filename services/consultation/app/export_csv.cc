// One line for each value, and one for whoever wrote nothing.
#include <map>
#include <string>
#include <vector>

#include "services/consultation/app/danish_labels.h"
#include "services/consultation/app/export_collection.h"
#include "services/platform/csv/csv_writer.h"

namespace kkr::consultation {
namespace {

using Line = std::vector<std::string>;

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
  platform::CsvWriter csv;
  csv.line({"kommunekode", "kommune", "klynge", "svar", "rettidighed", "modtaget", "version",
            "behandling", "underskrift", "forlænget frist", "spørgsmål", "overskrift", "række",
            "kolonne", "værdi"});
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
      csv.line(line);
    }
  }
  return csv.text();
}

}  // namespace kkr::consultation
