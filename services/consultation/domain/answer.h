// What one municipality answers to one round: its versions, how it was treated, and the draft that
// colleagues are writing. Holds ids, dates and the keys of documents, never what was written. Pure.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "kkr/consultation/v1/answer_events.pb.h"
#include "services/consultation/domain/decision.h"
#include "services/consultation/domain/ids.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::consultation {

struct Consultation;
struct Round;

struct AnswerVersion {
  v1::AnswerVersion content;
  absl::Time recorded_at;
  std::string recorded_by;
  bool sign_off_erased = false;
};

// One saved question of a draft.
struct DraftedValue {
  std::string key;  // Of the document that holds the value.
  std::string etag;
  std::string changed_by;
  absl::Time changed_at;
};

struct Answer {
  platform::PersistentMap<int, AnswerVersion> versions;  // By number, from 1 without gaps.
  v1::TreatmentFact treatment;
  bool withdrawn = false;
  std::string withdrawal_reason_key;
  std::string etag;  // Of the versions, the treatment and the withdrawal; empty before the first.
  std::map<std::string, DraftedValue> draft;  // By question id.
  std::string draft_etag;                     // Empty while the draft is.
  bool texts_erased = false;                  // Nothing has been written since all was erased.
};

// The newest version, withdrawn or not; null when nothing was ever submitted.
std::shared_ptr<const AnswerVersion> newest_version(const Answer& answer);
// True when the municipality has answered, of whatever kind, and has not taken it back.
bool has_answered(const Answer& answer);
// Whether a version is in time for the deadline that holds now. One that was in time when it came
// stays so, even if an extension was withdrawn since.
v1::Timeliness timeliness_of(const Round& round, const MunicipalityCode& code,
                             const AnswerVersion& version);
// Whether an answer received on that local day would be in time. Only for an opened round.
v1::Timeliness timeliness_on(const Round& round, const MunicipalityCode& code,
                             std::string_view received_date);

// The name of a municipality's answer, as events and clients write it.
std::string answer_name(std::string_view region, const AnswerKey& key);

// Takes in what happened to an answer; called by `evolve`.
void save(Consultation& state, const v1::DraftSaved& fact, const Recorded& recorded);
void submit(Consultation& state, const v1::AnswerSubmitted& fact, const Recorded& recorded);
void record(Consultation& state, const v1::AnswerRecorded& fact, const Recorded& recorded);
void record(Consultation& state, const v1::TreatmentRecorded& fact, const Recorded& recorded);
void withdraw(Consultation& state, const v1::AnswerWithdrawn& fact, const Recorded& recorded);
void erase(Consultation& state, const v1::SignOffErased& fact, const Recorded& recorded);
void erase(Consultation& state, const v1::AnswerTextsErased& fact, const Recorded& recorded);

}  // namespace kkr::consultation
