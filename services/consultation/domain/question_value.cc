#include "services/consultation/domain/question_value.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "services/consultation/domain/decimal.h"
#include "services/consultation/domain/question_rules.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {
namespace {

constexpr int kTextLengthMax = 20'000;

// The rule that was broken; empty when none was.
using Rule = std::string;

Rule text_rule(const v1::TextQuestion& question, std::string_view text) {
  const int length_max = question.max_length() == 0 ? kTextLengthMax : question.max_length();
  if (length_of(text) > length_max)
    return absl::StrCat("is longer than ", length_max, " characters");
  if (!is_printable(text)) return "holds a control character";
  return {};
}

Rule number_rule(const v1::NumberQuestion& question, std::string_view number) {
  if (number.empty()) return {};
  if (!parse_decimal(number)) return "is not a decimal number such as -12.50";
  if (decimals_of(number) > question.decimals()) {
    return absl::StrCat("has more than ", question.decimals(), " decimals");
  }
  return {};
}

template <class Options>
bool is_option(const Options& options, std::string_view id) {
  return std::any_of(options.begin(), options.end(),
                     [&](const v1::Option& option) { return option.id() == id; });
}

Rule single_choice_rule(const v1::SingleChoiceQuestion& question, const v1::ChosenOptions& choice) {
  if (choice.options_size() > 1) return "chooses more than one option";
  for (const std::string& id : choice.options()) {
    if (!is_option(question.options(), id)) return "chooses an option that is not offered";
  }
  return {};
}

Rule multiple_choice_rule(const v1::MultipleChoiceQuestion& question,
                          const v1::ChosenOptions& choice, Completeness completeness) {
  std::set<std::string_view> seen;
  for (const std::string& id : choice.options()) {
    if (!is_option(question.options(), id)) return "chooses an option that is not offered";
    if (!seen.insert(id).second) return "chooses an option twice";
  }
  if (question.max_count() > 0 && choice.options_size() > question.max_count()) {
    return absl::StrCat("chooses more than ", question.max_count(), " options");
  }
  if (completeness == Completeness::kWhole && choice.options_size() > 0 &&
      choice.options_size() < question.min_count()) {
    return absl::StrCat("chooses fewer than ", question.min_count(), " options");
  }
  return {};
}

Rule municipality_rule(const v1::MunicipalityColumn& column, std::string_view cell) {
  const auto codes = municipalities_in(cell);
  if (codes.size() > 1 && !column.several()) return "names more than one municipality";
  for (const std::string_view code : codes) {
    const bool is_code = code.size() == 3 && std::all_of(code.begin(), code.end(), [](char c) {
                           return c >= '0' && c <= '9';
                         });
    if (!is_code) return "is not a municipality code such as 165";
  }
  return {};
}

Rule cell_rule(const v1::Column& column, std::string_view cell, Completeness completeness) {
  if (cell.empty()) {
    const bool missing = column.required() && completeness == Completeness::kWhole;
    return missing ? "is missing" : "";
  }
  switch (column.kind_case()) {
    case v1::Column::kText: return text_rule(column.text(), cell);
    case v1::Column::kNumber: return number_rule(column.number(), cell);
    case v1::Column::kChoice:
      return is_option(column.choice().options(), cell) ? "" : "is an option that is not offered";
    case v1::Column::kMunicipality: return municipality_rule(column.municipality(), cell);
    case v1::Column::kDate:
      return platform::parse_date(cell) ? "" : "is not a date such as 2013-03-19";
    case v1::Column::KIND_NOT_SET: return {};  // Unreachable: a round with it was refused.
  }
  return {};
}

std::string place_of(int row, int column) {
  return absl::StrCat("row ", row + 1, ", column ", column + 1);
}

std::optional<ValueFault> table_fault(const v1::TableQuestion& question,
                                      const v1::TableValue& table, Completeness completeness) {
  const int rows_max = question.max_rows() == 0 ? kTableRowsMax : question.max_rows();
  if (table.rows_size() > rows_max) {
    return ValueFault{"", absl::StrCat("has more than ", rows_max, " rows")};
  }
  for (int row = 0; row < table.rows_size(); ++row) {
    if (table.rows(row).cells_size() != question.columns_size()) {
      return ValueFault{absl::StrCat("row ", row + 1),
                        absl::StrCat("does not have ", question.columns_size(), " cells")};
    }
    for (int column = 0; column < question.columns_size(); ++column) {
      const std::string& cell = table.rows(row).cells(column);
      Rule rule = cell_rule(question.columns(column), cell, completeness);
      if (!rule.empty()) return ValueFault{place_of(row, column), std::move(rule)};
    }
  }
  return std::nullopt;
}

bool is_of_its_kind(const v1::Question& question, const v1::QuestionValue& value) {
  switch (question.kind_case()) {
    case v1::Question::kText: return value.has_text();
    case v1::Question::kSingleChoice:
    case v1::Question::kMultipleChoice: return value.has_choice();
    case v1::Question::kNumber: return value.has_number();
    case v1::Question::kTable: return value.has_table();
    case v1::Question::KIND_NOT_SET: return false;
  }
  return false;
}

Rule simple_rule(const v1::Question& question, const v1::QuestionValue& value,
                 Completeness completeness) {
  if (value.has_text()) return text_rule(question.text(), value.text());
  if (value.has_number()) return number_rule(question.number(), value.number());
  if (question.has_single_choice()) {
    return single_choice_rule(question.single_choice(), value.choice());
  }
  return multiple_choice_rule(question.multiple_choice(), value.choice(), completeness);
}

void warn_if_implausible(const v1::NumberQuestion& question, const std::string& number,
                         std::string place, std::vector<v1::ValueWarning>& warnings) {
  const auto given = parse_decimal(number);
  if (!given) return;
  const auto min = parse_decimal(question.plausible_min());
  const auto max = parse_decimal(question.plausible_max());
  if (!(min && *given < *min) && !(max && *max < *given)) return;
  v1::ValueWarning& warning = warnings.emplace_back();
  warning.set_place(std::move(place));
  warning.set_number(number);
  warning.set_plausible_min(question.plausible_min());
  warning.set_plausible_max(question.plausible_max());
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

std::optional<ValueFault> fault_of(const v1::Question& question, const v1::QuestionValue& value,
                                   Completeness completeness) {
  if (value.value_case() == v1::QuestionValue::VALUE_NOT_SET) return std::nullopt;
  if (!is_of_its_kind(question, value)) return ValueFault{"", "is not of the question's kind"};
  if (value.has_table()) return table_fault(question.table(), value.table(), completeness);
  Rule rule = simple_rule(question, value, completeness);
  if (rule.empty()) return std::nullopt;
  return ValueFault{"", std::move(rule)};
}

bool is_unanswered(const v1::QuestionValue& value) {
  switch (value.value_case()) {
    case v1::QuestionValue::kText: return is_blank(value.text());
    case v1::QuestionValue::kChoice: return value.choice().options().empty();
    case v1::QuestionValue::kNumber: return value.number().empty();
    case v1::QuestionValue::kTable: return value.table().rows().empty();
    case v1::QuestionValue::VALUE_NOT_SET: return true;
  }
  return true;
}

std::vector<v1::ValueWarning> warnings_of(const v1::Question& question,
                                          const v1::QuestionValue& value) {
  std::vector<v1::ValueWarning> warnings;
  if (value.has_number()) warn_if_implausible(question.number(), value.number(), "", warnings);
  for (int row = 0; row < value.table().rows_size(); ++row) {
    for (int column = 0; column < question.table().columns_size(); ++column) {
      if (!question.table().columns(column).has_number()) continue;
      warn_if_implausible(question.table().columns(column).number(),
                          value.table().rows(row).cells(column), place_of(row, column), warnings);
    }
  }
  for (v1::ValueWarning& warning : warnings) warning.set_question(question.id());
  return warnings;
}

std::vector<std::string_view> municipalities_in(std::string_view cell) {
  std::vector<std::string_view> codes;
  while (!cell.empty()) {
    const std::size_t comma = cell.find(',');
    codes.push_back(cell.substr(0, comma));
    cell = comma == std::string_view::npos ? std::string_view() : cell.substr(comma + 1);
  }
  return codes;
}

int length_of(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

bool is_printable(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7F;
  });
}

}  // namespace kkr::consultation
