// Where the texts of answers and collections are kept outside the log: the keys of their documents.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "services/consultation/domain/ids.h"

namespace kkr::consultation {

std::string draft_key(const AnswerKey& answer, std::string_view question);
std::string body_key(const AnswerKey& answer, int version, absl::Time now);
std::string sign_off_key(const AnswerKey& answer, int version, absl::Time now);
std::string withdrawal_key(const AnswerKey& answer, int version);
std::string deciding_body_key(const AnswerKey& answer, int revision);
std::string question_note_key(const RoundId& round, int collection, std::string_view question);
std::string outcome_note_key(const RoundId& round, int collection);

}  // namespace kkr::consultation
