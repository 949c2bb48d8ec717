#include "services/consultation/domain/question_rules.h"

#include <functional>

#include "gtest/gtest.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation {
namespace {

using Questions = google::protobuf::RepeatedPtrField<v1::Question>;

template <class Choice>
void add_option(Choice& choice, const std::string& id) {
  v1::Option& option = *choice.add_options();
  option.set_id(id);
  option.set_title("Ja");
}

// One question of each kind, in this order: text, single choice, multiple choice, number, table.
Questions of_each_kind() {
  Questions questions;
  for (const char* id : {"tekst", "valg", "flere", "tal", "tabel"}) {
    v1::Question& question = *questions.Add();
    question.set_id(id);
    question.set_title("Spørgsmål");
  }
  questions[0].mutable_text()->set_max_length(20000);
  add_option(*questions[1].mutable_single_choice(), "ja");
  add_option(*questions[1].mutable_single_choice(), "2013");
  add_option(*questions[2].mutable_multiple_choice(), "ja");
  add_option(*questions[2].mutable_multiple_choice(), "nej");
  questions[2].mutable_multiple_choice()->set_min_count(1);
  questions[3].mutable_number()->set_unit("borgere");
  questions[3].mutable_number()->set_decimals(2);
  questions[3].mutable_number()->set_plausible_min("-1");
  questions[3].mutable_number()->set_plausible_max("1000.50");
  for (const char* id : {"projekt", "partnere", "start", "borgere", "status"}) {
    v1::Column& column = *questions[4].mutable_table()->add_columns();
    column.set_id(id);
    column.set_title("Kolonne");
  }
  questions[4].mutable_table()->mutable_columns(0)->mutable_text();
  questions[4].mutable_table()->mutable_columns(1)->mutable_municipality()->set_several(true);
  questions[4].mutable_table()->mutable_columns(2)->mutable_date();
  questions[4].mutable_table()->mutable_columns(3)->mutable_number();
  add_option(*questions[4].mutable_table()->mutable_columns(4)->mutable_choice(), "ja");
  add_option(*questions[4].mutable_table()->mutable_columns(4)->mutable_choice(), "nej");
  return questions;
}

std::string field_at_fault(const Questions& questions) {
  Arguments arguments;
  check_questions(arguments, "q", questions);
  return arguments.fault() ? arguments.fault()->details.at("field") : "";
}

TEST(Questions, MayBeOfEveryKind) { EXPECT_EQ(field_at_fault(of_each_kind()), ""); }

TEST(Questions, MayHaveLineBreaksInTheirPromptOnly) {
  Questions questions = of_each_kind();
  questions[0].set_prompt("Første linje\nAnden linje");
  EXPECT_EQ(field_at_fault(questions), "");
  questions[0].set_title("Første linje\nAnden linje");
  EXPECT_EQ(field_at_fault(questions), "q[0].title");
}

TEST(Questions, AreAtMostAHundred) {
  Questions questions;
  for (int i = 0; i < 101; ++i) {
    *questions.Add() = story::text_question("q" + std::to_string(i));
  }
  EXPECT_EQ(field_at_fault(questions), "q");
  questions.RemoveLast();
  EXPECT_EQ(field_at_fault(questions), "");
}

TEST(Questions, NameTheFieldThatHoldsWhatItMayNot) {
  const struct {
    std::string field;
    std::function<void(Questions&)> breaks;
  } rows[] = {
      {"q[0].id", [](Questions& q) { q[0].set_id("Tekst"); }},
      {"q[1].id", [](Questions& q) { q[1].set_id("tekst"); }},
      {"q[0].title", [](Questions& q) { q[0].clear_title(); }},
      {"q[0].prompt", [](Questions& q) { q[0].set_prompt(std::string(4001, 'a')); }},
      {"q[0]", [](Questions& q) { q[0].clear_text(); }},
      {"q[0].text.max_length", [](Questions& q) { q[0].mutable_text()->set_max_length(20001); }},
      {"q[0].text.max_length", [](Questions& q) { q[0].mutable_text()->set_max_length(-1); }},
      {"q[1].single_choice.options",
       [](Questions& q) { q[1].mutable_single_choice()->mutable_options()->RemoveLast(); }},
      {"q[1].single_choice.options[1].id",
       [](Questions& q) { q[1].mutable_single_choice()->mutable_options(1)->set_id("ja"); }},
      {"q[1].single_choice.options[1].id",
       [](Questions& q) { q[1].mutable_single_choice()->mutable_options(1)->set_id("-ja"); }},
      {"q[1].single_choice.options[0].title",
       [](Questions& q) { q[1].mutable_single_choice()->mutable_options(0)->clear_title(); }},
      {"q[2].multiple_choice.min_count",
       [](Questions& q) { q[2].mutable_multiple_choice()->set_min_count(3); }},
      {"q[2].multiple_choice.max_count",
       [](Questions& q) { q[2].mutable_multiple_choice()->set_max_count(3); }},
      {"q[2].multiple_choice.max_count",
       [](Questions& q) {
         q[2].mutable_multiple_choice()->set_min_count(2);
         q[2].mutable_multiple_choice()->set_max_count(1);
       }},
      {"q[3].number.unit",
       [](Questions& q) { q[3].mutable_number()->set_unit(std::string(41, 'a')); }},
      {"q[3].number.decimals", [](Questions& q) { q[3].mutable_number()->set_decimals(7); }},
      {"q[3].number.plausible_min",
       [](Questions& q) { q[3].mutable_number()->set_plausible_min("1e3"); }},
      {"q[3].number.plausible_max",
       [](Questions& q) { q[3].mutable_number()->set_plausible_max("1,5"); }},
      {"q[3].number.plausible_max",
       [](Questions& q) { q[3].mutable_number()->set_plausible_max("-2"); }},
      {"q[4].table.columns", [](Questions& q) { q[4].mutable_table()->clear_columns(); }},
      {"q[4].table.max_rows", [](Questions& q) { q[4].mutable_table()->set_max_rows(201); }},
      {"q[4].table.columns[1].id",
       [](Questions& q) { q[4].mutable_table()->mutable_columns(1)->set_id("projekt"); }},
      {"q[4].table.columns[1]",
       [](Questions& q) { q[4].mutable_table()->mutable_columns(1)->clear_kind(); }},
      {"q[4].table.columns[4].choice.options",
       [](Questions& q) { q[4].mutable_table()->mutable_columns(4)->mutable_choice()->Clear(); }},
  };
  for (const auto& row : rows) {
    Questions questions = of_each_kind();
    row.breaks(questions);
    EXPECT_EQ(field_at_fault(questions), row.field);
  }
}

}  // namespace
}  // namespace kkr::consultation
