// Answers and drafts as they are shown: what the state knows, with the texts from their documents.
#pragma once

#include <memory>
#include <string_view>

#include "kkr/consultation/v1/answers.pb.h"
#include "services/consultation/app/texts.h"
#include "services/consultation/domain/answer_commands.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {

enum class AnswerDetail {
  kSummary,  // Without values, warnings and signature: what a list shows.
  kFull,
};

// One answer of one region's state. Absent: `round` or `answer` is null.
struct AnswerInState {
  std::string_view region;
  AnswerKey key;
  std::shared_ptr<const Round> round;
  std::shared_ptr<const Answer> answer;
};
AnswerInState answer_in(const Consultation& state, std::string_view region, const AnswerKey& key);

// One version of an answer that is there.
v1::Answer shown(const AnswerInState& in, const AnswerVersion& version, AnswerDetail detail,
                 Texts& texts);
v1::Treatment shown(const v1::TreatmentFact& treatment, Texts& texts);

// The draft; empty when nothing is saved. `in.round` is there.
v1::Draft shown_draft(const AnswerInState& in, Texts& texts);
// One saved question of a draft; empty when it is not saved.
v1::DraftedQuestion shown_question(const AnswerInState& in, const std::string& question,
                                   Texts& texts);
// The draft as a submission takes it.
DraftRead read_draft(const AnswerInState& in, Texts& texts);

}  // namespace kkr::consultation
