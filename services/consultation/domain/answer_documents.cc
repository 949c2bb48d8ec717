#include "services/consultation/domain/answer_documents.h"

#include <utility>

namespace kkr::consultation {
namespace {

std::string key_of(std::string_view kind, const AnswerKey& answer, std::string_view last) {
  std::string key(kind);
  return key.append("/")
      .append(answer.round.text)
      .append("/")
      .append(answer.municipality.text)
      .append("/")
      .append(last);
}

}  // namespace

std::string draft_key(const AnswerKey& answer, std::string_view question) {
  return key_of("drafts", answer, question);
}

VersionKeys version_keys(const AnswerKey& answer, int version, absl::Time now) {
  const std::string time = absl::FormatTime("%Y%m%dT%H%M%E6SZ", now, absl::UTCTimeZone());
  std::string body = key_of("answers/" + time, answer, std::to_string(version));
  std::string sign_off = body + "/sign-off";
  return {std::move(body), std::move(sign_off)};
}

std::string withdrawal_key(const AnswerKey& answer, int version) {
  return key_of("withdrawals", answer, std::to_string(version));
}

std::string deciding_body_key(const AnswerKey& answer, int revision) {
  return key_of("deciding-bodies", answer, std::to_string(revision));
}

std::string question_note_key(const RoundId& round, int collection, std::string_view question) {
  std::string key("collections/");
  return key.append(round.text)
      .append("/")
      .append(std::to_string(collection))
      .append("/questions/")
      .append(question);
}

std::string outcome_note_key(const RoundId& round, int collection) {
  std::string key("collections/");
  return key.append(round.text).append("/").append(std::to_string(collection)).append("/outcome");
}

}  // namespace kkr::consultation
