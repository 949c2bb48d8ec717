#include <string>
#include <utility>

#include "services/consultation/domain/answer_commands.h"
#include "services/consultation/domain/answer_documents.h"
#include "services/consultation/domain/answer_rules.h"

namespace kkr::consultation {

Decision decide(const Consultation& state, const v1::WithdrawAnswerRequest& command,
                const Context& context) {
  const auto standing = standing_of(state, command.name(), context);
  if (!standing) return refusal(Rejection::kRoundUnknown);
  const auto version = newest_version(*standing->answer);
  if (version == nullptr) return refusal(Rejection::kAnswerUnknown);
  if (is_stale(command.etag(), standing->answer->etag)) return refusal(Rejection::kEtagStale);
  if (auto refused = refuse_entry(*standing)) return *std::move(refused);
  if (standing->answer->withdrawn) return refusal(Rejection::kAnswerWithdrawn);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);

  Effects effects;
  v1::AnswerWithdrawn& fact = *add_fact(effects, standing->key).mutable_answer_withdrawn();
  fact.set_answer(command.name());
  fact.set_version(version->content.number());
  std::string key = withdrawal_key(standing->key, fact.version());
  fact.mutable_reason()->set_key(key);
  effects.private_writes.push_back({std::move(key), command.reason()});
  return effects;
}

Decision decide(const Consultation& state, const v1::RecordTreatmentRequest& command,
                const std::vector<v1::Attachment>& stored, const Context& context) {
  const auto standing = standing_of(state, command.name(), context);
  if (!standing) return refusal(Rejection::kRoundUnknown);
  if (standing->answer->versions.empty()) return refusal(Rejection::kAnswerUnknown);
  if (is_stale(command.etag(), standing->answer->etag)) return refusal(Rejection::kEtagStale);
  if (standing->round->phase == v1::Round::STATE_CANCELLED) {
    return refusal(Rejection::kRoundCancelled);
  }
  if (standing->answer->withdrawn) return refusal(Rejection::kAnswerWithdrawn);
  Arguments arguments;
  check_treatment(arguments, command.treatment(), standing->today);
  if (auto fault = arguments.fault()) return *std::move(fault);
  if (auto refused = refuse_unproven(command.treatment())) return *std::move(refused);
  if (auto refused = refuse_unknown(command.treatment().extract_sha256(), stored)) {
    return *std::move(refused);
  }

  Effects effects;
  v1::TreatmentRecorded fact;
  fact.set_answer(command.name());
  *fact.mutable_treatment() = treatment_fact(*standing, command.treatment(), effects);
  *add_fact(effects, standing->key).mutable_treatment_recorded() = std::move(fact);
  return effects;
}

}  // namespace kkr::consultation
