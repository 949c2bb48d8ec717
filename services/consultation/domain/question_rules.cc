#include "services/consultation/domain/question_rules.h"

#include <set>
#include <string>

#include "services/consultation/domain/decimal.h"
#include "services/consultation/domain/ids.h"

namespace kkr::consultation {
namespace {

constexpr int kQuestionsMax = 100;
constexpr int kOptionsMax = 100;
constexpr int kColumnsMax = 20;
constexpr int kTextMax = 20000;
constexpr std::size_t kIdLengthMax = 32;

std::string at(const std::string& field, int index) {
  return field + "[" + std::to_string(index) + "]";
}

bool is_option_id(std::string_view id) {
  // An option may also begin with a digit, such as `2013`.
  return is_wishable_id("o" + std::string(id), kIdLengthMax + 1) && !id.empty() && id[0] != '-';
}

void check(Arguments& arguments, const std::string& field, const v1::TextQuestion& text) {
  arguments.between(field + ".max_length", text.max_length(), 0, kTextMax);
}

void check(Arguments& arguments, const std::string& field, const v1::NumberQuestion& number) {
  arguments.text(field + ".unit", number.unit(), 0, 40);
  arguments.between(field + ".decimals", number.decimals(), 0, 6);
  arguments.decimal(field + ".plausible_min", number.plausible_min());
  arguments.decimal(field + ".plausible_max", number.plausible_max());
  const auto min = parse_decimal(number.plausible_min());
  const auto max = parse_decimal(number.plausible_max());
  arguments.must(!min || !max || !(*max < *min), field + ".plausible_max",
                 "not less than plausible_min");
}

void check_options(Arguments& arguments, const std::string& field,
                   const google::protobuf::RepeatedPtrField<v1::Option>& options) {
  arguments.must(options.size() >= 2 && options.size() <= kOptionsMax, field, "2 to 100 options");
  std::set<std::string> seen;
  for (int i = 0; i < options.size(); ++i) {
    const std::string option = at(field, i);
    arguments.must(is_option_id(options[i].id()), option + ".id", "[a-z0-9][a-z0-9-]{0,31}");
    arguments.must(seen.insert(options[i].id()).second, option + ".id", "used once");
    arguments.text(option + ".title", options[i].title(), 1, 200);
  }
}

void check(Arguments& arguments, const std::string& field, const v1::MultipleChoiceQuestion& some) {
  check_options(arguments, field + ".options", some.options());
  arguments.between(field + ".min_count", some.min_count(), 0, some.options_size());
  arguments.between(field + ".max_count", some.max_count(), 0, some.options_size());
  arguments.must(some.max_count() == 0 || some.min_count() <= some.max_count(),
                 field + ".max_count", "not less than min_count");
}

void check(Arguments& arguments, const std::string& field, const v1::Column& column) {
  arguments.must(is_wishable_id(column.id(), kIdLengthMax), field + ".id", "[a-z][a-z0-9-]{0,31}");
  arguments.text(field + ".title", column.title(), 1, 200);
  switch (column.kind_case()) {
    case v1::Column::kText: return check(arguments, field + ".text", column.text());
    case v1::Column::kNumber: return check(arguments, field + ".number", column.number());
    case v1::Column::kChoice:
      return check_options(arguments, field + ".choice.options", column.choice().options());
    case v1::Column::kMunicipality:
    case v1::Column::kDate: return;
    case v1::Column::KIND_NOT_SET: return arguments.must(false, field, "one kind");
  }
}

void check(Arguments& arguments, const std::string& field, const v1::TableQuestion& table) {
  arguments.must(table.columns_size() >= 1 && table.columns_size() <= kColumnsMax,
                 field + ".columns", "1 to 20 columns");
  arguments.between(field + ".max_rows", table.max_rows(), 0, kTableRowsMax);
  std::set<std::string> seen;
  for (int i = 0; i < table.columns_size(); ++i) {
    const std::string column = at(field + ".columns", i);
    check(arguments, column, table.columns(i));
    arguments.must(seen.insert(table.columns(i).id()).second, column + ".id", "used once");
  }
}

void check(Arguments& arguments, const std::string& field, const v1::Question& question) {
  arguments.must(is_wishable_id(question.id(), kIdLengthMax), field + ".id",
                 "[a-z][a-z0-9-]{0,31}");
  arguments.text(field + ".title", question.title(), 1, 200);
  arguments.text(field + ".prompt", question.prompt(), 0, 4000, platform::Lines::kMany);
  switch (question.kind_case()) {
    case v1::Question::kText: return check(arguments, field + ".text", question.text());
    case v1::Question::kSingleChoice:
      return check_options(arguments, field + ".single_choice.options",
                           question.single_choice().options());
    case v1::Question::kMultipleChoice:
      return check(arguments, field + ".multiple_choice", question.multiple_choice());
    case v1::Question::kNumber: return check(arguments, field + ".number", question.number());
    case v1::Question::kTable: return check(arguments, field + ".table", question.table());
    case v1::Question::KIND_NOT_SET: return arguments.must(false, field, "one kind");
  }
}

}  // namespace

void check_questions(Arguments& arguments, const std::string& field,
                     const google::protobuf::RepeatedPtrField<v1::Question>& questions) {
  arguments.must(questions.size() <= kQuestionsMax, field, "at most 100 questions");
  std::set<std::string> seen;
  for (int i = 0; i < questions.size(); ++i) {
    const std::string question = at(field, i);
    check(arguments, question, questions[i]);
    arguments.must(seen.insert(questions[i].id()).second, question + ".id", "used once");
  }
}

}  // namespace kkr::consultation
