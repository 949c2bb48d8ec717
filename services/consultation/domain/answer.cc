#include "services/consultation/domain/answer.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/consultation/domain/round.h"
#include "services/consultation/domain/state.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {
namespace {

void keep(Answer& answer, const v1::AnswerVersion& version, const v1::TreatmentFact& treatment,
          const Recorded& recorded) {
  answer.versions.set(version.number(),
                      AnswerVersion{version, recorded.at.recorded_at, recorded.actor, false});
  answer.treatment = treatment;
  answer.withdrawn = false;
  answer.withdrawal_reason_key.clear();
  answer.etag = etag_of(recorded);
}

template <class Change>
void change_answer(Consultation& state, const std::string& name, Change apply) {
  state.answers.update(round_member_of(name, "answers"), std::move(apply));
}

// As change(), by a fact that comes with a text.
template <class Change>
void write(Consultation& state, const std::string& name, Change apply) {
  change_answer(state, name, [&](Answer& answer) {
    answer.texts_erased = false;
    apply(answer);
  });
}

void erase_sign_off(Answer& answer, int number) {
  answer.versions.update(number, [](AnswerVersion& version) {
    version.sign_off_erased = version.content.has_sign_off();
    version.content.clear_signed_by();
  });
}

}  // namespace

std::shared_ptr<const AnswerVersion> newest_version(const Answer& answer) {
  return answer.versions.find(static_cast<int>(answer.versions.size()));
}

bool has_answered(const Answer& answer) { return !answer.versions.empty() && !answer.withdrawn; }

v1::Timeliness timeliness_on(const Round& round, const MunicipalityCode& code,
                             std::string_view received_date) {
  const auto received = platform::parse_date(received_date);
  if (!received) return v1::TIMELINESS_UNSPECIFIED;
  if (*received <= round.deadline.value()) return v1::TIMELINESS_ON_TIME;
  return *received <= deadline_of(round, code) ? v1::TIMELINESS_WITHIN_EXTENSION
                                               : v1::TIMELINESS_LATE;
}

v1::Timeliness timeliness_of(const Round& round, const MunicipalityCode& code,
                             const AnswerVersion& version) {
  const v1::Timeliness on_arrival = version.content.timeliness();
  if (on_arrival != v1::TIMELINESS_LATE) return on_arrival;
  return timeliness_on(round, code, version.content.received_date());
}

std::string answer_name(std::string_view region, const AnswerKey& key) {
  return absl::StrCat(round_name(region, key.round), "/answers/", key.municipality.text);
}

void save(Consultation& state, const v1::DraftSaved& fact, const Recorded& recorded) {
  write(state, fact.answer(), [&](Answer& answer) {
    answer.draft_etag = etag_of(recorded);
    answer.draft[fact.question()] = DraftedValue{fact.value().key(), answer.draft_etag,
                                                 recorded.actor, recorded.at.recorded_at};
  });
}

void submit(Consultation& state, const v1::AnswerSubmitted& fact, const Recorded& recorded) {
  write(state, fact.answer(), [&](Answer& answer) {
    keep(answer, fact.version(), fact.treatment(), recorded);
    if (!fact.from_draft()) return;
    answer.draft.clear();
    answer.draft_etag.clear();
  });
}

void record(Consultation& state, const v1::AnswerRecorded& fact, const Recorded& recorded) {
  write(state, fact.answer(),
        [&](Answer& answer) { keep(answer, fact.version(), fact.treatment(), recorded); });
}

void record(Consultation& state, const v1::TreatmentRecorded& fact, const Recorded& recorded) {
  write(state, fact.answer(), [&](Answer& answer) {
    answer.treatment = fact.treatment();
    answer.etag = etag_of(recorded);
  });
}

void withdraw(Consultation& state, const v1::AnswerWithdrawn& fact, const Recorded& recorded) {
  write(state, fact.answer(), [&](Answer& answer) {
    answer.withdrawn = true;
    answer.withdrawal_reason_key = fact.reason().key();
    answer.etag = etag_of(recorded);
  });
}

void erase(Consultation& state, const v1::SignOffErased& fact, const Recorded&) {
  change_answer(state, fact.answer(), [&](Answer& answer) {
    if (answer.versions.contains(fact.version())) erase_sign_off(answer, fact.version());
  });
}

void erase(Consultation& state, const v1::AnswerTextsErased& fact, const Recorded& recorded) {
  change_answer(state, fact.answer(), [&](Answer& answer) {
    const int versions = static_cast<int>(answer.versions.size());
    for (int number = 1; number <= versions; ++number) erase_sign_off(answer, number);
    answer.draft.clear();
    answer.draft_etag.clear();
    answer.texts_erased = true;
    answer.etag = etag_of(recorded);
  });
}

}  // namespace kkr::consultation
