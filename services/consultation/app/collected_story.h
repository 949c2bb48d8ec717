// For tests: a collected round in which everything occurs that a collection can show.
#pragma once

#include "services/consultation/app/collection_view.h"
#include "services/consultation/app/stored_story.h"

namespace kkr::consultation::story {

// 101 answers on time and decided, 165 answers within its extension, 223 does not answer.
inline Story collected_round() {
  Story story = asked();
  story.now = noon("2013-03-01");
  auto copenhagen = submission("101");
  copenhagen.clear_values();
  *copenhagen.add_values() = text_value("arbejde", "=SUM(A1) & <b>mål</b>, \"citat\"\nlinje to");
  *copenhagen.add_values() = choice_value("sted", {"hjemme", "ude"});
  *copenhagen.add_values() = number_value("antal", "10.5");
  *copenhagen.add_values() = table_value(
      "pilot",
      {{"Akutplads", "165,223", "2013-05-01", "125000.50"}, {"-Telemedicin", "", "", "-1"}});
  copenhagen.mutable_sign_off()->set_title("Udvalgsformand");
  copenhagen.mutable_treatment()->set_kind(v1::TREATMENT_KIND_DECIDED);
  copenhagen.mutable_treatment()->set_deciding_body("Borgerrepræsentationen");
  copenhagen.mutable_treatment()->set_decision_date("2013-02-28");
  copenhagen.mutable_treatment()->set_extract_sha256(kExtract);
  submit(story, copenhagen);
  story.when(extend<v1::GrantExtensionRequest>("165", "2013-03-26", "ferie"));
  story.now = noon("2013-03-25");
  auto albertslund = submission("165");
  *albertslund.add_values() = choice_value("sted", {"hjemme"});
  *albertslund.add_values() = number_value("antal", "4");
  *albertslund.add_values() = table_value("pilot", {{"Genoptræning", "999", "", ""}});
  submit(story, albertslund);
  story.when(on<v1::CloseRoundRequest>(kRoundName));
  v1::CreateCollectionRequest command;
  command.set_parent(kRoundName);
  command.set_outcome_note("Målsætning 3 er skærpet");
  v1::QuestionNote& note = *command.add_question_notes();
  note.set_question("pilot");
  note.set_text("Tre pilotprojekter");
  story.when(command);
  return story;
}

inline v1::Collection collection_shown(const Story& story, int number = 1) {
  const auto store = stored(story);
  Texts texts(*store);
  const auto collection = story.state.collections.find(kRound)->find(number);
  v1::Collection shown =
      consultation::shown(story.state, "hovedstaden", kRound, *collection, texts);
  *shown.mutable_content() = content_of(story.state, kRound, *collection, texts);
  EXPECT_FALSE(texts.failure());
  return shown;
}

}  // namespace kkr::consultation::story
