#include "services/consultation/app/collected_question.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "services/consultation/domain/decimal.h"
#include "services/consultation/domain/question_value.h"

namespace kkr::consultation {
namespace {

using Options = google::protobuf::RepeatedPtrField<v1::Option>;

// A number as Danes write it, with its unit.
std::string written(std::string number, const std::string& unit) {
  std::replace(number.begin(), number.end(), '.', ',');
  return unit.empty() ? number : number + " " + unit;
}

const Options& options_of(const v1::Question& question) {
  return question.has_single_choice() ? question.single_choice().options()
                                      : question.multiple_choice().options();
}

std::string title_of(const Options& options, const std::string& id) {
  for (const v1::Option& option : options) {
    if (option.id() == id) return option.title();
  }
  return id;
}

void append(std::string& list, std::string_view one) {
  if (!list.empty()) list += ", ";
  list += one;
}

std::string names_of(const Invited& invited, std::string_view codes) {
  std::string names;
  for (const std::string_view code : municipalities_in(codes)) {
    const auto found = invited.find(MunicipalityCode{std::string(code)});
    append(names, found == invited.end() ? code : std::string_view(found->second.display_name()));
  }
  return names;
}

std::string display_cell(const v1::Column& column, const std::string& cell,
                         const Invited& invited) {
  switch (column.kind_case()) {
    case v1::Column::kChoice: return title_of(column.choice().options(), cell);
    case v1::Column::kMunicipality: return names_of(invited, cell);
    case v1::Column::kText:
    case v1::Column::kNumber:
    case v1::Column::kDate:
    case v1::Column::KIND_NOT_SET: return cell;
  }
  return cell;
}

std::string display_text(const v1::Question& question, const v1::QuestionValue& value) {
  if (value.has_number()) return written(value.number(), question.number().unit());
  if (value.has_choice()) return titles_of(question, value.choice());
  return value.text();
}

void add_by_cluster(const v1::Question& question, const std::vector<GivenValue>& given,
                    v1::CollectedQuestion& collected) {
  v1::ClusterValues* cluster = nullptr;
  for (const auto& [municipality, value] : given) {
    if (cluster == nullptr || cluster->cluster() != municipality->cluster()) {
      cluster = collected.add_clusters();
      cluster->set_cluster(municipality->cluster());
    }
    v1::CollectedValue& added = *cluster->add_values();
    added.set_municipality(municipality->municipality());
    added.set_display_name(municipality->display_name());
    *added.mutable_value() = value;
    added.set_display_text(display_text(question, value));
  }
}

void count_options(const v1::Question& question, const std::vector<GivenValue>& given,
                   v1::CollectedQuestion& collected) {
  for (const v1::Option& option : options_of(question)) {
    v1::OptionCount& counted = *collected.add_options();
    counted.set_option(option.id());
    counted.set_label(option.title());
    for (const auto& [municipality, value] : given) {
      const auto& chosen = value.choice().options();
      if (std::find(chosen.begin(), chosen.end(), option.id()) == chosen.end()) continue;
      counted.set_count(counted.count() + 1);
      counted.add_municipalities(municipality->display_name());
    }
  }
}

void reckon(const v1::NumberQuestion& question, const std::vector<GivenValue>& given,
            v1::NumberStatistics& statistics) {
  std::vector<Decimal> numbers;
  Decimal sum;
  for (const GivenValue& one : given) {
    if (const auto number = parse_decimal(one.value.number())) {
      numbers.push_back(*number);
      sum = sum + *number;
    }
  }
  if (numbers.empty()) return;
  std::sort(numbers.begin(), numbers.end());
  const int count = static_cast<int>(numbers.size());
  const int decimals = question.decimals();
  const std::size_t middle = numbers.size() / 2;
  statistics.set_count(count);
  statistics.set_unit(question.unit());
  statistics.set_sum(format_decimal(sum, decimals));
  statistics.set_min(format_decimal(numbers.front(), decimals));
  statistics.set_max(format_decimal(numbers.back(), decimals));
  statistics.set_mean(format_decimal(divided(sum, count, decimals + 2), decimals + 2));
  if (numbers.size() % 2 == 1) {
    statistics.set_median(format_decimal(numbers[middle], decimals));
  } else {  // Half a sum needs one digit more.
    const Decimal both = numbers[middle - 1] + numbers[middle];
    statistics.set_median(format_decimal(divided(both, 2, decimals + 1), decimals + 1));
  }
}

void merge_tables(const v1::TableQuestion& question, const Invited& invited,
                  const std::vector<GivenValue>& given, v1::MergedTable& table) {
  for (const v1::Column& column : question.columns()) {
    v1::MergedColumn& added = *table.add_columns();
    added.set_heading(column.title());
    added.set_unit(column.number().unit());
    added.set_numeric(column.has_number());
  }
  for (const auto& [municipality, value] : given) {
    for (const v1::TableRow& row : value.table().rows()) {
      v1::MergedRow& merged = *table.add_rows();
      merged.set_municipality(municipality->municipality());
      merged.set_display_name(municipality->display_name());
      merged.set_cluster(municipality->cluster());
      for (int i = 0; i < question.columns_size(); ++i) {
        merged.add_cells(display_cell(question.columns(i), row.cells(i), invited));
      }
    }
  }
}

}  // namespace

std::string titles_of(const v1::Question& question, const v1::ChosenOptions& choice) {
  std::string titles;
  for (const std::string& id : choice.options()) append(titles, title_of(options_of(question), id));
  return titles;
}

v1::CollectedQuestion collected(const v1::Question& question, const Invited& invited,
                                const std::vector<GivenValue>& given) {
  v1::CollectedQuestion collected;
  collected.set_question(question.id());
  collected.set_title(question.title());
  collected.set_prompt(question.prompt());
  collected.set_answered(static_cast<int>(given.size()));
  if (question.has_table()) {
    merge_tables(question.table(), invited, given, *collected.mutable_table());
    return collected;
  }
  add_by_cluster(question, given, collected);
  if (question.has_single_choice() || question.has_multiple_choice()) {
    count_options(question, given, collected);
  }
  if (question.has_number() && !given.empty()) {
    reckon(question.number(), given, *collected.mutable_statistics());
  }
  return collected;
}

}  // namespace kkr::consultation
