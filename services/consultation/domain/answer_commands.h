// What may be done to an answer: drafted, submitted, recorded for a municipality, withdrawn, told
// how it was treated, and erased. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kkr/consultation/v1/answers.pb.h"
#include "kkr/consultation/v1/attachments.pb.h"
#include "services/consultation/domain/decision.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {

// A draft as its documents held it, with the etag it had when they were read.
struct DraftRead {
  std::string etag;
  std::vector<v1::QuestionValue> values;
};

Decision decide(const Consultation& state, const v1::SaveDraftRequest& command,
                const Context& context);
// `draft` is looked at only when the command submits from it. Here and below, `stored` are those of
// the attachments the command names that the region holds.
Decision decide(const Consultation& state, const v1::SubmitAnswerRequest& command,
                const DraftRead& draft, const std::vector<v1::Attachment>& stored,
                const Context& context);
Decision decide(const Consultation& state, const v1::RecordAnswerRequest& command,
                const std::vector<v1::Attachment>& stored, const Context& context);
Decision decide(const Consultation& state, const v1::WithdrawAnswerRequest& command,
                const Context& context);
Decision decide(const Consultation& state, const v1::RecordTreatmentRequest& command,
                const std::vector<v1::Attachment>& stored, const Context& context);

Decision decide(const Consultation& state, const v1::EraseAnswerTextsRequest& command,
                const Context& context);

// Erases every signature of that person, `persons/{id}`. No facts when there is none left.
Effects erase_sign_offs(const Consultation& state, std::string_view region,
                        std::string_view person);

}  // namespace kkr::consultation
