// For tests: the words to tell what municipalities answer, to a round with four questions and three
// municipalities in two clusters.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "services/consultation/domain/answer_commands.h"
#include "services/consultation/domain/collection_commands.h"
#include "services/consultation/domain/story.h"

namespace kkr::consultation::story {

inline const std::string kAnswerName = kRoundName + "/answers/165";
inline const std::string kExtract(64, 'e');
inline const std::string kLetter(64, 'f');

inline std::string answer_name(const std::string& code) { return kRoundName + "/answers/" + code; }

inline v1::Question short_text_question(const std::string& id, bool required) {
  v1::Question question = text_question(id);
  question.set_required(required);
  question.mutable_text()->set_max_length(100);
  return question;
}

inline v1::Question choice_question(const std::string& id) {
  v1::Question question;
  question.set_id(id);
  question.set_title("Hvor?");
  for (const char* option : {"hjemme", "ude", "begge"}) {
    v1::Option& offered = *question.mutable_multiple_choice()->add_options();
    offered.set_id(option);
    offered.set_title(std::string("Svar ") + option);
  }
  question.mutable_multiple_choice()->set_max_count(2);
  return question;
}

inline v1::Question number_question(const std::string& id) {
  v1::Question question;
  question.set_id(id);
  question.set_title("Antal borgere");
  question.mutable_number()->set_unit("borgere");
  question.mutable_number()->set_decimals(1);
  question.mutable_number()->set_plausible_min("0");
  question.mutable_number()->set_plausible_max("1000");
  return question;
}

// Columns: project (text, required), partners (municipalities), start (date), cost (number).
inline v1::Question table_question(const std::string& id) {
  v1::Question question;
  question.set_id(id);
  question.set_title("Pilotprojekter");
  v1::TableQuestion& table = *question.mutable_table();
  const auto column = [&](const char* name) -> v1::Column& {
    v1::Column& added = *table.add_columns();
    added.set_id(name);
    added.set_title(name);
    return added;
  };
  v1::Column& project = column("projekt");
  project.set_required(true);
  project.mutable_text()->set_max_length(40);
  column("partnere").mutable_municipality()->set_several(true);
  column("start").mutable_date();
  v1::NumberQuestion& cost = *column("pris").mutable_number();
  cost.set_unit("kr.");
  cost.set_decimals(2);
  cost.set_plausible_min("0");
  table.set_max_rows(3);
  return question;
}

inline v1::QuestionValue text_value(const std::string& question, const std::string& text) {
  v1::QuestionValue value;
  value.set_question(question);
  value.set_text(text);
  return value;
}

inline v1::QuestionValue number_value(const std::string& question, const std::string& number) {
  v1::QuestionValue value;
  value.set_question(question);
  value.set_number(number);
  return value;
}

inline v1::QuestionValue choice_value(const std::string& question,
                                      const std::vector<std::string>& options) {
  v1::QuestionValue value;
  value.set_question(question);
  value.mutable_choice()->mutable_options()->Add(options.begin(), options.end());
  return value;
}

inline v1::QuestionValue table_value(const std::string& question,
                                     const std::vector<std::vector<std::string>>& rows) {
  v1::QuestionValue value;
  value.set_question(question);
  value.mutable_table();
  for (const auto& cells : rows) {
    value.mutable_table()->add_rows()->mutable_cells()->Add(cells.begin(), cells.end());
  }
  return value;
}

inline v1::InvitedMunicipality member(const std::string& code, const std::string& name,
                                      const std::string& cluster) {
  v1::InvitedMunicipality invited = municipality(code, name);
  v1::InvitedCluster& added = *invited.add_clusters();
  added.set_name(kRegion + "/clusters/" + cluster);
  added.set_display_name(cluster);
  return invited;
}

// A round opened on 6 February 2013 with the deadline of 19 March.
inline Story asked() {
  v1::CreateRoundRequest command = draft();
  v1::Round& round = *command.mutable_round();
  round.clear_questions();
  *round.add_questions() = short_text_question("arbejde", true);
  *round.add_questions() = choice_question("sted");
  *round.add_questions() = number_question("antal");
  *round.add_questions() = table_question("pilot");
  ResolvedInvitation invitation = resolved();
  invitation.invited = {member("101", "København", "Midt"), member("165", "Albertslund", "Midt"),
                        member("223", "Hørsholm", "Nord")};
  Story story;
  story.when(command);
  story.when(on<v1::OpenRoundRequest>(kRoundName), invitation);
  return story;
}

inline Story asked_in_phase(Phase phase) {
  Story story = asked();
  story.state.rounds.update(kRound, [&](Round& round) { round.phase = phase; });
  return story;
}

inline std::vector<v1::Attachment> stored_files() {
  std::vector<v1::Attachment> stored(2);
  stored[0].set_sha256(kExtract);
  stored[1].set_sha256(kLetter);
  return stored;
}

inline v1::SubmitAnswerRequest submission(const std::string& code = "165") {
  v1::SubmitAnswerRequest command;
  command.set_name(answer_name(code));
  command.set_kind(v1::ANSWER_KIND_ANSWER);
  *command.add_values() = text_value("arbejde", "Vi begynder i det små.");
  command.mutable_sign_off()->set_signer("Eksempel Eksempelsen");
  command.mutable_sign_off()->set_sign_date("2013-03-01");
  command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_ADMINISTRATIVE);
  return command;
}

inline v1::RecordAnswerRequest letter(const std::string& received,
                                      const std::string& code = "165") {
  v1::RecordAnswerRequest command;
  command.set_name(answer_name(code));
  command.set_kind(v1::ANSWER_KIND_ANSWER);
  command.mutable_treatment()->set_kind(v1::TREATMENT_KIND_ADMINISTRATIVE);
  command.set_channel(v1::ANSWER_CHANNEL_LETTER);
  command.set_received_date(received);
  command.set_letter_sha256(kLetter);
  return command;
}

inline v1::SaveDraftRequest saving(v1::QuestionValue value, const std::string& seen_etag) {
  v1::SaveDraftRequest command;
  command.set_name(kAnswerName);
  *command.mutable_value() = std::move(value);
  command.set_question_etag(seen_etag);
  return command;
}

inline Decision submit(Story& story, const v1::SubmitAnswerRequest& command,
                       const DraftRead& draft = {}) {
  return story.when(command, draft, stored_files());
}

inline Decision record(Story& story, const v1::RecordAnswerRequest& command) {
  return story.when(command, stored_files());
}

inline Answer answer_of(const Story& story, const std::string& code = "165") {
  const auto found = story.state.answers.find(AnswerKey{kRound, MunicipalityCode{code}});
  return found == nullptr ? Answer{} : *found;
}

// Keys of the documents that one version of an answer left.
inline std::string body_key_of(const Story& story, const std::string& code = "165",
                               int version = 1) {
  return answer_of(story, code).versions.find(version)->content.body().key();
}
inline std::string sign_off_key_of(const Story& story, const std::string& code = "165",
                                   int version = 1) {
  return answer_of(story, code).versions.find(version)->content.sign_off().key();
}

inline Decision collect(Story& story) {
  v1::CreateCollectionRequest command;
  command.set_parent(kRoundName);
  return story.when(command);
}

}  // namespace kkr::consultation::story
