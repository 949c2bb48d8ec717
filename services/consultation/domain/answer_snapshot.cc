#include "services/consultation/domain/answer_snapshot.h"

#include <utility>

#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

void save(const AnswerVersion& version, v1::AnswerVersionSnapshot& saved) {
  *saved.mutable_content() = version.content;
  *saved.mutable_recorded_at() = platform::timestamp_of(version.recorded_at);
  saved.set_recorded_by(version.recorded_by);
  saved.set_sign_off_erased(version.sign_off_erased);
}

AnswerVersion loaded(v1::AnswerVersionSnapshot& saved) {
  AnswerVersion version;
  version.content.Swap(saved.mutable_content());
  version.recorded_at = platform::instant_of(saved.recorded_at());
  version.recorded_by = saved.recorded_by();
  version.sign_off_erased = saved.sign_off_erased();
  return version;
}

void save(const std::string& question, const DraftedValue& value, v1::DraftedValueSnapshot& saved) {
  saved.set_question(question);
  saved.set_key(value.key);
  saved.set_etag(value.etag);
  saved.set_changed_by(value.changed_by);
  *saved.mutable_changed_at() = platform::timestamp_of(value.changed_at);
}

}  // namespace

void save(const AnswerKey& key, const Answer& answer, v1::AnswerSnapshot& saved) {
  saved.set_round(key.round.text);
  saved.set_municipality(key.municipality.text);
  answer.versions.for_each(
      [&](int, const AnswerVersion& version) { save(version, *saved.add_versions()); });
  *saved.mutable_treatment() = answer.treatment;
  saved.set_withdrawn(answer.withdrawn);
  saved.set_withdrawal_reason_key(answer.withdrawal_reason_key);
  saved.set_etag(answer.etag);
  for (const auto& [question, value] : answer.draft) save(question, value, *saved.add_draft());
  saved.set_draft_etag(answer.draft_etag);
  saved.set_texts_erased(answer.texts_erased);
}

Answer loaded(v1::AnswerSnapshot& saved) {
  Answer answer;
  for (v1::AnswerVersionSnapshot& version : *saved.mutable_versions()) {
    const int number = version.content().number();
    answer.versions.set(number, loaded(version));
  }
  answer.treatment.Swap(saved.mutable_treatment());
  answer.withdrawn = saved.withdrawn();
  answer.withdrawal_reason_key = saved.withdrawal_reason_key();
  answer.etag = saved.etag();
  for (const v1::DraftedValueSnapshot& value : saved.draft()) {
    answer.draft[value.question()] = DraftedValue{value.key(), value.etag(), value.changed_by(),
                                                  platform::instant_of(value.changed_at())};
  }
  answer.draft_etag = saved.draft_etag();
  answer.texts_erased = saved.texts_erased();
  return answer;
}

void save(const Collection& collection, v1::CollectionSnapshot& saved) {
  *saved.mutable_content() = collection.content;
  saved.set_position(collection.position);
  *saved.mutable_created_at() = platform::timestamp_of(collection.created_at);
  saved.set_created_by(collection.created_by);
  saved.set_notes_erased(collection.notes_erased);
}

Collection loaded(v1::CollectionSnapshot& saved) {
  Collection collection;
  collection.content.Swap(saved.mutable_content());
  collection.position = saved.position();
  collection.created_at = platform::instant_of(saved.created_at());
  collection.created_by = saved.created_by();
  collection.notes_erased = saved.notes_erased();
  return collection;
}

}  // namespace kkr::consultation
