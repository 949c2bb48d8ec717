#include "services/consultation/app/answer_view.h"

#include <string>
#include <utility>

#include "services/consultation/domain/question_value.h"
#include "services/platform/time/timestamp.h"

namespace kkr::consultation {
namespace {

void show_texts(const AnswerVersion& version, Texts& texts, v1::Answer& shown) {
  if (version.content.has_body()) {
    v1::AnswerBody body;
    shown.set_values_erased(!texts.read(version.content.body().key(), body));
    shown.mutable_values()->Swap(body.mutable_values());
    shown.mutable_warnings()->Swap(body.mutable_warnings());
  }
  if (!version.content.has_sign_off()) return;
  v1::SignOff sign_off;
  const bool kept = texts.read(version.content.sign_off().key(), sign_off);
  if (kept) *shown.mutable_sign_off() = std::move(sign_off);
  shown.set_sign_off_erased(!kept);
}

v1::DraftedQuestion shown_question(const v1::Question& question, const DraftedValue& saved,
                                   Texts& texts) {
  v1::DraftedQuestion shown;
  texts.read(saved.key, *shown.mutable_value());
  shown.mutable_value()->set_question(question.id());
  shown.set_question_etag(saved.etag);
  shown.set_changed_by(saved.changed_by);
  *shown.mutable_change_time() = platform::timestamp_of(saved.changed_at);
  for (v1::ValueWarning& warning : warnings_of(question, shown.value())) {
    *shown.add_warnings() = std::move(warning);
  }
  return shown;
}

}  // namespace

AnswerInState answer_in(const Consultation& state, std::string_view region, const AnswerKey& key) {
  return {region, key, state.rounds.find(key.round), state.answers.find(key)};
}

v1::Treatment shown(const v1::TreatmentFact& treatment, Texts& texts) {
  v1::Treatment shown;
  shown.set_kind(treatment.kind());
  shown.set_deciding_body(texts.read(treatment.deciding_body().key()).text());
  shown.set_decision_date(treatment.decision_date());
  shown.set_extract_sha256(treatment.extract_sha256());
  return shown;
}

v1::Answer shown(const AnswerInState& in, const AnswerVersion& version, AnswerDetail detail,
                 Texts& texts) {
  const v1::AnswerVersion& content = version.content;
  v1::Answer shown;
  shown.set_name(answer_name(in.region, in.key));
  shown.set_version(content.number());
  shown.set_kind(content.kind());
  shown.set_channel(content.channel());
  shown.set_received_date(content.received_date());
  *shown.mutable_record_time() = platform::timestamp_of(version.recorded_at);
  shown.set_recorded_by(version.recorded_by);
  shown.set_timeliness(timeliness_of(*in.round, in.key.municipality, version));
  shown.set_letter_sha256(content.letter_sha256());
  *shown.mutable_treatment() = consultation::shown(in.answer->treatment, texts);
  shown.set_withdrawn(in.answer->withdrawn);
  if (in.answer->withdrawn) {
    *shown.mutable_withdrawal_reason() = texts.read(in.answer->withdrawal_reason_key);
  }
  shown.set_etag(in.answer->etag);
  if (detail == AnswerDetail::kFull) show_texts(version, texts, shown);
  return shown;
}

v1::Draft shown_draft(const AnswerInState& in, Texts& texts) {
  v1::Draft shown;
  shown.set_name(answer_name(in.region, in.key) + "/draft");
  if (in.answer == nullptr) return shown;
  shown.set_etag(in.answer->draft_etag);
  for (const v1::Question& question : in.round->content.questions()) {
    const auto saved = in.answer->draft.find(question.id());
    if (saved == in.answer->draft.end()) continue;
    *shown.add_questions() = shown_question(question, saved->second, texts);
  }
  return shown;
}

v1::DraftedQuestion shown_question(const AnswerInState& in, const std::string& question,
                                   Texts& texts) {
  const v1::Question* asked = question_of(*in.round, question);
  if (in.answer == nullptr || asked == nullptr) return {};
  const auto saved = in.answer->draft.find(question);
  if (saved == in.answer->draft.end()) return {};
  return shown_question(*asked, saved->second, texts);
}

DraftRead read_draft(const AnswerInState& in, Texts& texts) {
  DraftRead draft;
  if (in.answer == nullptr) return draft;
  draft.etag = in.answer->draft_etag;
  for (const auto& [question, saved] : in.answer->draft) {
    v1::QuestionValue value;
    if (texts.read(saved.key, value)) draft.values.push_back(std::move(value));
  }
  return draft;
}

}  // namespace kkr::consultation
