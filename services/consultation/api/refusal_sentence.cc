#include "services/consultation/api/refusal_sentence.h"

namespace kkr::consultation {
namespace {

std::string detail(const Refusal& refusal, const std::string& key) {
  const auto found = refusal.details.find(key);
  return found == refusal.details.end() ? std::string() : found->second;
}

std::optional<std::string> draft_changed(const Refusal& refusal) {
  const std::string changed_by = detail(refusal, "changed_by");
  if (changed_by.empty()) return std::nullopt;
  const std::string question = detail(refusal, "question");
  const std::string what = question.empty() ? "The draft" : "Question `" + question + "`";
  return what + " was changed by " + changed_by + " at " + detail(refusal, "changed_at") +
         ", after you saw it. Look again and repeat.";
}

std::string value_invalid(const Refusal& refusal) {
  const std::string place = detail(refusal, "place");
  return "The value of question `" + detail(refusal, "question") + "`" +
         (place.empty() ? "" : ", " + place + ",") + " " + detail(refusal, "rule") + ".";
}

}  // namespace

std::optional<std::string> sentence_of(const Refusal& refusal) {
  if (refusal.rejection == Rejection::kDraftChanged) return draft_changed(refusal);
  if (refusal.rejection == Rejection::kValueInvalid) return value_invalid(refusal);
  if (refusal.rejection == Rejection::kQuestionUnknown) {
    return "The round has no question `" + detail(refusal, "question") + "`.";
  }
  if (refusal.rejection == Rejection::kRequiredQuestionUnanswered) {
    return "Question `" + detail(refusal, "question") + "` must be answered.";
  }
  return std::nullopt;
}

}  // namespace kkr::consultation
