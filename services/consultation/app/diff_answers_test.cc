#include "services/consultation/app/diff_answers.h"

#include <chrono>

#include "services/consultation/app/diff_pieces.h"
#include "services/consultation/domain/answer_story.h"

namespace kkr::consultation {
namespace {

using namespace story;

// `-removed` `+added` and kept pieces, each between bars.
std::string pieces(const v1::QuestionChange& change) {
  std::string text;
  for (const v1::TextPiece& piece : change.text()) {
    text += piece.change() == v1::PIECE_CHANGE_ADDED     ? "+"
            : piece.change() == v1::PIECE_CHANGE_REMOVED ? "-"
                                                         : "";
    text += piece.text() + "|";
  }
  return text;
}

std::string rows(const v1::QuestionChange& change) {
  std::string text;
  for (const v1::RowPiece& piece : change.rows()) {
    text += piece.change() == v1::PIECE_CHANGE_ADDED     ? "+"
            : piece.change() == v1::PIECE_CHANGE_REMOVED ? "-"
                                                         : "=";
    text += piece.row().cells(0) + " ";
  }
  return text;
}

v1::AnswerBody body(const std::vector<v1::QuestionValue>& values) {
  v1::AnswerBody body;
  for (const auto& value : values) *body.add_values() = value;
  return body;
}

std::vector<v1::QuestionChange> changes(const v1::AnswerBody& before, const v1::AnswerBody& after) {
  return changes_between(asked().round(), before, after);
}

TEST(CompareAnswers, TellsWordsThatChanged) {
  const auto found = changes(body({text_value("arbejde", "Vi vil begynde i det små.")}),
                             body({text_value("arbejde", "Vi begynder i det helt små.")}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(pieces(found[0]), "Vi |-vil begynde |+begynder |i det |+helt |små.|");
  EXPECT_EQ(found[0].before().text(), "Vi vil begynde i det små.");
}

TEST(CompareAnswers, LosesNoCharacter) {
  const std::string before = "  To  linjer\n\nog\tet punkt. ";
  const std::string after = "To linjer\n\nog et\tpunkt";
  const auto found =
      changes(body({text_value("arbejde", before)}), body({text_value("arbejde", after)}));
  std::string old_text;
  std::string new_text;
  for (const auto& piece : found[0].text()) {
    if (piece.change() != v1::PIECE_CHANGE_ADDED) old_text += piece.text();
    if (piece.change() != v1::PIECE_CHANGE_REMOVED) new_text += piece.text();
  }
  EXPECT_EQ(old_text, before);
  EXPECT_EQ(new_text, after);
}

TEST(CompareAnswers, ComparesTablesRowByRow) {
  const std::vector<std::string> a = {"Akutplads", "101", "", ""};
  const std::vector<std::string> b = {"Genoptræning", "", "", ""};
  const std::vector<std::string> c = {"Telemedicin", "", "", ""};
  const std::vector<std::string> a2 = {"Akutpladser", "101", "", ""};
  const auto found =
      changes(body({table_value("pilot", {a, b})}), body({table_value("pilot", {a2, b, c})}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(rows(found[0]), "-Akutplads +Akutpladser =Genoptræning +Telemedicin ");
}

TEST(CompareAnswers, LeavesOutWhatIsTheSame) {
  const auto found = changes(body({text_value("arbejde", "Ja"), number_value("antal", "7")}),
                             body({text_value("arbejde", "Ja"), choice_value("sted", {"ude"})}));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].question(), "sted");
  EXPECT_EQ(found[0].before().value_case(), v1::QuestionValue::VALUE_NOT_SET);
  EXPECT_EQ(found[1].question(), "antal");
  EXPECT_EQ(found[1].before().number(), "7");
  EXPECT_EQ(found[1].after().value_case(), v1::QuestionValue::VALUE_NOT_SET);
}

TEST(CompareAnswers, AnswersInAnInstantHoweverDifferentTheTexts) {
  std::string before;
  std::string after;
  for (int i = 0; i < 4'500; ++i) {
    before += "a" + std::to_string(i) + " ";
    after += "b" + std::to_string(i) + " ";
  }
  const auto start = std::chrono::steady_clock::now();
  const auto found =
      changes(body({text_value("arbejde", before)}), body({text_value("arbejde", after)}));
  EXPECT_EQ(found[0].text_size(), 2);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace kkr::consultation
