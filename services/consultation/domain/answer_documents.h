// Where the texts of answers and collections are kept outside the log: the keys of their documents.
#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "services/consultation/domain/ids.h"

namespace kkr::consultation {

std::string draft_key(const AnswerKey& answer, std::string_view question);
// Of one version of an answer.
struct VersionKeys {
  std::string body;
  std::string sign_off;
};
// The store orders documents by key. With the time in front, and the two beside each other, what is
// written at one time lies together, and a hundred answers cost it a few pages rather than
// hundreds.
VersionKeys version_keys(const AnswerKey& answer, int version, absl::Time now);
std::string withdrawal_key(const AnswerKey& answer, int version);
std::string deciding_body_key(const AnswerKey& answer, int revision);
std::string question_note_key(const RoundId& round, int collection, std::string_view question);
std::string outcome_note_key(const RoundId& round, int collection);

}  // namespace kkr::consultation
