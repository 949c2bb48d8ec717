#include <string>

#include "absl/time/time.h"
#include "services/consultation/domain/answer_commands.h"
#include "services/consultation/domain/answer_documents.h"
#include "services/consultation/domain/answer_rules.h"

namespace kkr::consultation {
namespace {

// Names who was faster. A question that has left the draft was submitted by somebody.
Refusal draft_changed(const Standing& standing, const std::string& question) {
  std::map<std::string, std::string> details = {{"question", question}, {"etag", ""}};
  const auto saved = standing.answer->draft.find(question);
  if (saved != standing.answer->draft.end()) {
    details["etag"] = saved->second.etag;
    details["changed_by"] = saved->second.changed_by;
    details["changed_at"] =
        absl::FormatTime(absl::RFC3339_sec, saved->second.changed_at, platform::copenhagen());
  } else if (const auto submitted = newest_version(*standing.answer)) {
    details["changed_by"] = submitted->recorded_by;
    details["changed_at"] =
        absl::FormatTime(absl::RFC3339_sec, submitted->recorded_at, platform::copenhagen());
  }
  return refusal(Rejection::kDraftChanged, std::move(details));
}

}  // namespace

Decision decide(const Consultation& state, const v1::SaveDraftRequest& command,
                const Context& context) {
  const auto standing = standing_of(state, command.name(), context);
  if (!standing) return refusal(Rejection::kRoundUnknown);
  const std::string& question_id = command.value().question();
  const auto saved = standing->answer->draft.find(question_id);
  const std::string present_etag =
      saved == standing->answer->draft.end() ? std::string() : saved->second.etag;
  if (command.question_etag() != present_etag) return draft_changed(*standing, question_id);
  if (auto refused = refuse_entry(*standing)) return *std::move(refused);
  const v1::Question* question = question_of(*standing->round, question_id);
  if (question == nullptr) {
    return refusal(Rejection::kQuestionUnknown, {{"question", question_id}});
  }
  if (const auto fault = fault_of(*question, command.value(), Completeness::kPartial)) {
    return value_refusal(question_id, *fault);
  }

  Effects effects;
  v1::DraftSaved& fact = *add_fact(effects, standing->key).mutable_draft_saved();
  fact.set_answer(command.name());
  fact.set_question(question_id);
  const std::string key = draft_key(standing->key, question_id);
  if (command.value().value_case() == v1::QuestionValue::VALUE_NOT_SET) {
    effects.private_writes.push_back({key, std::nullopt});
  } else {
    fact.mutable_value()->set_key(key);
    effects.private_writes.push_back({key, command.value().SerializeAsString()});
  }
  return effects;
}

}  // namespace kkr::consultation
