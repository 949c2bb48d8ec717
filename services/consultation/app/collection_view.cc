#include "services/consultation/app/collection_view.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/consultation/app/answer_view.h"
#include "services/consultation/app/collected_question.h"
#include "services/consultation/app/danish_order.h"
#include "services/consultation/domain/question_value.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

// One invited municipality with what it wrote.
struct Row {
  v1::CollectedMunicipality shown;
  std::map<std::string, v1::QuestionValue> values;  // By question id.
};

// A municipality in several clusters stands once, under all their names.
std::string cluster_of(const v1::InvitedMunicipality& invited) {
  std::string names;
  for (const v1::InvitedCluster& cluster : invited.clusters()) {
    if (!names.empty()) names += " og ";
    names += cluster.display_name();
  }
  return names;
}

void show_answer(const AnswerVersion& version, const v1::CollectionEntry& entry, Texts& texts,
                 Row& row) {
  const v1::AnswerVersion& content = version.content;
  row.shown.set_kind(content.kind());
  row.shown.set_received_date(content.received_date());
  row.shown.set_channel(content.channel());
  row.shown.set_timeliness(entry.timeliness());
  *row.shown.mutable_treatment() = shown(entry.treatment(), texts);
  if (content.has_sign_off()) {
    v1::SignOff sign_off;
    const bool kept = texts.read(content.sign_off().key(), sign_off);
    row.shown.set_sign_off_erased(!kept);
    if (kept) *row.shown.mutable_sign_off() = std::move(sign_off);
  }
  if (!content.has_body()) return;
  v1::AnswerBody body;
  row.shown.set_values_erased(!texts.read(content.body().key(), body));
  for (v1::QuestionValue& value : *body.mutable_values()) {
    std::string question = value.question();
    row.values.emplace(std::move(question), std::move(value));
  }
}

Row row_of(const Consultation& state, const RoundId& id, const Round& round,
           const v1::CollectionEntry& entry, Texts& texts) {
  const MunicipalityCode code{entry.municipality()};
  Row row;
  row.shown.set_municipality(code.text);
  row.shown.set_version(entry.version());
  row.shown.set_withdrawn(entry.withdrawn());
  row.shown.set_extension_date(entry.extension_date());
  if (const auto* invited = invitee_of(round, code)) {
    row.shown.set_display_name(invited->display_name());
    row.shown.set_cluster(cluster_of(*invited));
  }
  const auto answer = state.answers.find(AnswerKey{id, code});
  const auto version = answer == nullptr ? nullptr : answer->versions.find(entry.version());
  if (version != nullptr && !entry.withdrawn()) show_answer(*version, entry, texts, row);
  return row;
}

// By cluster, those in none last, then by name.
void put_in_order(std::vector<Row>& rows) {
  const auto key = [](const Row& row) {
    const v1::CollectedMunicipality& shown = row.shown;
    return std::tuple(shown.cluster().empty(), danish_order_key(shown.cluster()),
                      danish_order_key(shown.display_name()), shown.municipality());
  };
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
}

v1::PersonalText note_on(const Collection& collection, const std::string& question, Texts& texts) {
  for (const v1::CollectionNote& note : collection.content.question_notes()) {
    if (note.question() == question) return texts.read(note.text().key());
  }
  return {};
}

}  // namespace

v1::Collection shown(const Consultation& state, std::string_view region, const RoundId& round,
                     const Collection& collection, Texts& texts) {
  v1::Collection shown;
  const int number = collection.content.number();
  shown.set_name(collection_name(region, round, number));
  shown.set_number(number);
  shown.set_log_position(static_cast<std::int64_t>(collection.position));
  *shown.mutable_create_time() = platform::timestamp_of(collection.created_at);
  shown.set_created_by(collection.created_by);
  *shown.mutable_tally() = tally_of(state, round, collection);
  for (MunicipalityCode& code : changed_since(state, round, collection)) {
    shown.add_changed_since(std::move(code.text));
  }
  shown.set_incomplete(!shown.changed_since().empty());
  if (shown.incomplete()) shown.set_next_number(number + 1);
  *shown.mutable_outcome_note() = texts.read(collection.content.outcome_note().key());
  return shown;
}

v1::CollectionContent content_of(const Consultation& state, const RoundId& id,
                                 const Collection& collection, Texts& texts) {
  v1::CollectionContent content;
  const auto round = state.rounds.find(id);
  if (round == nullptr) return content;
  content.set_round_title(round->content.title());
  content.set_deadline_date(round->content.deadline_date());
  std::vector<Row> rows;
  for (const v1::CollectionEntry& entry : collection.content.entries()) {
    rows.push_back(row_of(state, id, *round, entry, texts));
  }
  put_in_order(rows);
  for (const v1::Question& question : round->content.questions()) {
    std::vector<GivenValue> given;
    for (const Row& row : rows) {
      const auto value = row.values.find(question.id());
      if (value != row.values.end()) given.push_back({&row.shown, value->second});
    }
    v1::CollectedQuestion& shown = *content.add_questions();
    shown = collected(question, *round->invited, given);
    *shown.mutable_note() = note_on(collection, question.id(), texts);
  }
  for (Row& row : rows) *content.add_municipalities() = std::move(row.shown);
  return content;
}

}  // namespace kkr::consultation
