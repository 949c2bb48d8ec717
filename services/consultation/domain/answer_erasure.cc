#include <string>
#include <string_view>

#include "services/consultation/domain/answer_commands.h"
#include "services/consultation/domain/answer_documents.h"
#include "services/consultation/domain/answer_rules.h"

namespace kkr::consultation {
namespace {

// Every document the answer may have left, whether it was written or not.
void erase_documents(const AnswerKey& key, const Answer& answer, Effects& effects) {
  const auto erase = [&](std::string document) {
    effects.private_writes.push_back({std::move(document), std::nullopt});
  };
  answer.versions.for_each([&](int number, const AnswerVersion& version) {
    if (version.content.has_body()) erase(version.content.body().key());
    if (version.content.has_sign_off()) erase(version.content.sign_off().key());
    erase(withdrawal_key(key, number));
  });
  for (int revision = 1; revision <= answer.treatment.revision(); ++revision) {
    erase(deciding_body_key(key, revision));
  }
  for (const auto& [question, drafted] : answer.draft) {
    if (!drafted.key.empty()) erase(drafted.key);
  }
}

}  // namespace

Decision decide(const Consultation& state, const v1::EraseAnswerTextsRequest& command,
                const Context& context) {
  const auto standing = standing_of(state, command.name(), context);
  if (!standing) return refusal(Rejection::kRoundUnknown);
  if (standing->answer->versions.empty()) return refusal(Rejection::kAnswerUnknown);
  Effects effects;
  if (standing->answer->texts_erased) return effects;
  add_fact(effects, standing->key).mutable_answer_texts_erased()->set_answer(command.name());
  erase_documents(standing->key, *standing->answer, effects);
  return effects;
}

Effects erase_sign_offs(const Consultation& state, std::string_view region,
                        std::string_view person) {
  Effects effects;
  state.answers.for_each([&](const AnswerKey& key, const Answer& answer) {
    answer.versions.for_each([&](int number, const AnswerVersion& version) {
      if (person.empty() || version.content.signed_by() != person) return;
      v1::SignOffErased& fact = *add_fact(effects, key).mutable_sign_off_erased();
      fact.set_answer(answer_name(region, key));
      fact.set_version(number);
      effects.private_writes.push_back({version.content.sign_off().key(), std::nullopt});
    });
  });
  return effects;
}

}  // namespace kkr::consultation
