#include "services/consultation/domain/question_value.h"

#include <gmock/gmock.h>

#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

std::string fault(const v1::Question& question, const v1::QuestionValue& value,
                  Completeness completeness = Completeness::kWhole) {
  const auto found = fault_of(question, value, completeness);
  if (!found) return "fine";
  return found->place.empty() ? found->rule : found->place + " " + found->rule;
}

TEST(QuestionValue, IsCheckedAgainstItsQuestion) {
  const v1::Question text = short_text_question("q", true);
  const v1::Question choice = choice_question("q");
  const v1::Question number = number_question("q");
  const struct {
    v1::Question question;
    v1::QuestionValue value;
    std::string fault;
  } rows[] = {
      {text, text_value("q", "Ja"), "fine"},
      {text, text_value("q", std::string(100, 'x')), "fine"},
      {text, text_value("q", std::string(101, 'x')), "is longer than 100 characters"},
      {text, text_value("q", "a\x01"), "holds a control character"},
      {text, text_value("q", "linje\n\tto"), "fine"},
      {text, number_value("q", "1"), "is not of the question's kind"},
      {number, number_value("q", "12.5"), "fine"},
      {number, number_value("q", "12.55"), "has more than 1 decimals"},
      {number, number_value("q", "12,5"), "is not a decimal number such as -12.50"},
      {number, number_value("q", "99999"), "fine"},
      {number, text_value("q", "12"), "is not of the question's kind"},
      {choice, choice_value("q", {"hjemme", "ude"}), "fine"},
      {choice, choice_value("q", {"hjemme", "hjemme"}), "chooses an option twice"},
      {choice, choice_value("q", {"borte"}), "chooses an option that is not offered"},
      {choice, choice_value("q", {"hjemme", "ude", "begge"}), "chooses more than 2 options"},
      {choice, v1::QuestionValue(), "fine"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(fault(row.question, row.value), row.fault) << row.value.ShortDebugString();
  }
}

TEST(QuestionValue, CountsCharactersNotBytes) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "å";
  EXPECT_EQ(fault(short_text_question("q", true), text_value("q", text)), "fine");
  EXPECT_EQ(fault(short_text_question("q", true), text_value("q", text + "å")),
            "is longer than 100 characters");
}

TEST(QuestionValue, NamesTheCellThatIsWrong) {
  const v1::Question table = table_question("q");
  const std::vector<std::string> good = {"Fælles akutplads", "101,223", "2013-05-01", "125000.50"};
  const struct {
    std::vector<std::vector<std::string>> rows;
    std::string fault;
  } rows[] = {
      {{good}, "fine"},
      {{good, {"Uden partner", "", "", ""}}, "fine"},
      {{good, {"", "101", "", ""}}, "row 2, column 1 is missing"},
      {{{"P", "10", "", ""}}, "row 1, column 2 is not a municipality code such as 165"},
      {{{"P", "101,,223", "", ""}}, "row 1, column 2 is not a municipality code such as 165"},
      {{{"P", "", "2013-02-30", ""}}, "row 1, column 3 is not a date such as 2013-03-19"},
      {{{"P", "", "", "1.005"}}, "row 1, column 4 has more than 2 decimals"},
      {{{"P", "", ""}}, "row 1 does not have 4 cells"},
      {{good, good, good, good}, "has more than 3 rows"},
  };
  for (const auto& row : rows) EXPECT_EQ(fault(table, table_value("q", row.rows)), row.fault);
}

TEST(QuestionValue, MayLackRequiredCellsWhileItIsWritten) {
  const auto value = table_value("q", {{"", "101", "", ""}});
  EXPECT_EQ(fault(table_question("q"), value, Completeness::kPartial), "fine");
  EXPECT_EQ(fault(table_question("q"), value), "row 1, column 1 is missing");
}

TEST(QuestionValue, IsUnansweredWhenNothingWasSaid) {
  EXPECT_TRUE(is_unanswered(text_value("q", " \n")));
  EXPECT_TRUE(is_unanswered(choice_value("q", {})));
  EXPECT_TRUE(is_unanswered(number_value("q", "")));
  EXPECT_TRUE(is_unanswered(table_value("q", {})));
  EXPECT_TRUE(is_unanswered(v1::QuestionValue()));
  EXPECT_FALSE(is_unanswered(number_value("q", "0")));
}

TEST(QuestionValue, WarnsOfNumbersOutsideTheirPlausibleRange) {
  EXPECT_TRUE(warnings_of(number_question("q"), number_value("q", "1000")).empty());
  const auto above = warnings_of(number_question("q"), number_value("q", "1000.1"));
  ASSERT_EQ(above.size(), 1u);
  EXPECT_EQ(above[0].question(), "q");
  EXPECT_EQ(above[0].number(), "1000.1");
  EXPECT_EQ(above[0].plausible_max(), "1000");

  const auto below =
      warnings_of(table_question("q"), table_value("q", {{"P", "", "", "5"}, {"P", "", "", "-5"}}));
  ASSERT_EQ(below.size(), 1u);
  EXPECT_EQ(below[0].place(), "row 2, column 4");
  EXPECT_EQ(below[0].plausible_min(), "0");
}

}  // namespace
}  // namespace kkr::consultation
