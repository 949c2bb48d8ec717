#include <algorithm>
#include <string>
#include <utility>
#include <variant>

#include "absl/time/time.h"
#include "services/consultation/domain/answer_commands.h"
#include "services/consultation/domain/answer_documents.h"
#include "services/consultation/domain/answer_rules.h"

namespace kkr::consultation {
namespace {

using Values = google::protobuf::RepeatedPtrField<v1::QuestionValue>;

Refusal draft_changed(const Answer& answer) {
  std::map<std::string, std::string> details = {{"question", ""}, {"etag", answer.draft_etag}};
  for (const auto& [question, saved] : answer.draft) {
    if (saved.etag != answer.draft_etag) continue;
    details["question"] = question;
    details["changed_by"] = saved.changed_by;
    details["changed_at"] =
        absl::FormatTime(absl::RFC3339_sec, saved.changed_at, platform::copenhagen());
  }
  return refusal(Rejection::kDraftChanged, std::move(details));
}

bool is_draft_empty(const Answer& answer) {
  return std::all_of(answer.draft.begin(), answer.draft.end(),
                     [](const auto& saved) { return saved.second.key.empty(); });
}

void check_kind(Arguments& arguments, v1::AnswerKind kind) {
  arguments.must(v1::AnswerKind_IsValid(kind) && kind != v1::ANSWER_KIND_UNSPECIFIED, "kind",
                 "ANSWER, NO_COMMENTS or DECLINES");
}

// The version that the arrival of this answer makes, and the documents it leaves.
v1::AnswerVersion make_version(const Standing& standing, v1::AnswerKind kind,
                               const v1::AnswerBody& body, const v1::SignOff* sign_off,
                               Effects& effects) {
  v1::AnswerVersion version;
  version.set_number(static_cast<int>(standing.answer->versions.size()) + 1);
  version.set_kind(kind);
  VersionKeys keys = version_keys(standing.key, version.number(), standing.now);
  if (kind == v1::ANSWER_KIND_ANSWER) {
    version.mutable_body()->set_key(keys.body);
    effects.private_writes.push_back({std::move(keys.body), body.SerializeAsString()});
  }
  if (sign_off != nullptr) {
    version.mutable_sign_off()->set_key(keys.sign_off);
    version.set_signed_by(sign_off->person());
    effects.private_writes.push_back({std::move(keys.sign_off), sign_off->SerializeAsString()});
  }
  return version;
}

void judge(const Standing& standing, const std::string& received_date, v1::AnswerVersion& version) {
  version.set_received_date(received_date);
  version.set_timeliness(timeliness_on(*standing.round, standing.key.municipality, received_date));
}

void empty_draft(const Standing& standing, Effects& effects) {
  for (const auto& [question, saved] : standing.answer->draft) {
    if (!saved.key.empty()) effects.private_writes.push_back({saved.key, std::nullopt});
  }
}

std::optional<Refusal> fault_in(const v1::SubmitAnswerRequest& command, const Standing& standing) {
  Arguments arguments;
  check_kind(arguments, command.kind());
  const bool answers = command.kind() == v1::ANSWER_KIND_ANSWER;
  arguments.must(answers || command.values().empty(), "values", "empty unless kind is ANSWER");
  arguments.must(answers || !command.from_draft(), "from_draft", "false unless kind is ANSWER");
  arguments.must(command.values().empty() || !command.from_draft(), "values",
                 "empty when from_draft is true");
  check_sign_off(arguments, command.sign_off(), standing.today);
  check_treatment(arguments, command.treatment(), standing.today);
  return arguments.fault();
}

std::optional<Refusal> fault_in(const v1::RecordAnswerRequest& command, const Standing& standing) {
  Arguments arguments;
  check_kind(arguments, command.kind());
  arguments.must(command.kind() == v1::ANSWER_KIND_ANSWER || command.values().empty(), "values",
                 "empty unless kind is ANSWER");
  if (command.has_sign_off()) check_sign_off(arguments, command.sign_off(), standing.today);
  check_treatment(arguments, command.treatment(), standing.today);
  arguments.must(command.channel() >= v1::ANSWER_CHANNEL_LETTER &&
                     v1::AnswerChannel_IsValid(command.channel()),
                 "channel", "LETTER, MAIL or OTHER");
  const auto received = platform::parse_date(command.received_date());
  arguments.must(received.has_value(), "received_date", "a date such as 2013-03-19");
  arguments.must(received && standing.round->opened_at &&
                     *received >= platform::local_date_of(*standing.round->opened_at),
                 "received_date", "not before the round was opened");
  if (!command.letter_sha256().empty()) {
    check_sha256(arguments, "letter_sha256", command.letter_sha256());
  }
  return arguments.fault();
}

// A letter says what it says: it is the answer even when it leaves a question out.
std::optional<Refusal> refuse_letter(const v1::RecordAnswerRequest& command,
                                     const Standing& standing) {
  if (*platform::parse_date(command.received_date()) > standing.today) {
    return refusal(Rejection::kReceivedInFuture, {{"received_date", command.received_date()}});
  }
  if (command.letter_sha256().empty() && command.channel() != v1::ANSWER_CHANNEL_OTHER) {
    return refusal(Rejection::kLetterMissing);
  }
  return refuse_unproven(command.treatment());
}

}  // namespace

Decision decide(const Consultation& state, const v1::SubmitAnswerRequest& command,
                const DraftRead& draft, const std::vector<v1::Attachment>& stored,
                const Context& context) {
  const auto standing = standing_of(state, command.name(), context);
  if (!standing) return refusal(Rejection::kRoundUnknown);
  const Answer& answer = *standing->answer;
  if (is_stale(command.etag(), answer.etag)) return refusal(Rejection::kEtagStale);
  const bool from_draft = command.from_draft();
  if (from_draft &&
      (is_stale(command.draft_etag(), answer.draft_etag) || draft.etag != answer.draft_etag)) {
    return draft_changed(answer);
  }
  if (auto refused = refuse_entry(*standing)) return *std::move(refused);
  if (from_draft && is_draft_empty(answer)) return refusal(Rejection::kDraftEmpty);
  if (auto fault = fault_in(command, *standing)) return *std::move(fault);
  v1::AnswerBody body;
  if (command.kind() == v1::ANSWER_KIND_ANSWER) {
    const Values values =
        from_draft ? Values(draft.values.begin(), draft.values.end()) : command.values();
    CheckedBody checked = check_values(*standing->round, values, Completeness::kWhole);
    if (auto* refused = std::get_if<Refusal>(&checked)) return std::move(*refused);
    body = std::get<v1::AnswerBody>(std::move(checked));
  }
  if (auto refused = refuse_unproven(command.treatment())) return *std::move(refused);
  if (auto refused = refuse_unknown(command.treatment().extract_sha256(), stored)) {
    return *std::move(refused);
  }

  Effects effects;
  v1::AnswerSubmitted fact;
  fact.set_answer(command.name());
  *fact.mutable_version() =
      make_version(*standing, command.kind(), body, &command.sign_off(), effects);
  fact.mutable_version()->set_channel(v1::ANSWER_CHANNEL_SUBMITTED);
  judge(*standing, platform::format_date(standing->today), *fact.mutable_version());
  *fact.mutable_treatment() = treatment_fact(*standing, command.treatment(), effects);
  fact.set_from_draft(from_draft);
  if (from_draft) empty_draft(*standing, effects);
  *add_fact(effects, standing->key).mutable_answer_submitted() = std::move(fact);
  return effects;
}

Decision decide(const Consultation& state, const v1::RecordAnswerRequest& command,
                const std::vector<v1::Attachment>& stored, const Context& context) {
  const auto standing = standing_of(state, command.name(), context);
  if (!standing) return refusal(Rejection::kRoundUnknown);
  if (is_stale(command.etag(), standing->answer->etag)) return refusal(Rejection::kEtagStale);
  if (auto refused = refuse_entry(*standing)) return *std::move(refused);
  if (auto fault = fault_in(command, *standing)) return *std::move(fault);
  CheckedBody checked = check_values(*standing->round, command.values(), Completeness::kPartial);
  if (auto* refused = std::get_if<Refusal>(&checked)) return std::move(*refused);
  if (auto refused = refuse_letter(command, *standing)) return *std::move(refused);
  for (const auto& sha256 : {command.letter_sha256(), command.treatment().extract_sha256()}) {
    if (auto refused = refuse_unknown(sha256, stored)) return *std::move(refused);
  }

  Effects effects;
  v1::AnswerRecorded fact;
  fact.set_answer(command.name());
  *fact.mutable_version() =
      make_version(*standing, command.kind(), std::get<v1::AnswerBody>(checked),
                   command.has_sign_off() ? &command.sign_off() : nullptr, effects);
  fact.mutable_version()->set_channel(command.channel());
  fact.mutable_version()->set_letter_sha256(command.letter_sha256());
  judge(*standing, command.received_date(), *fact.mutable_version());
  *fact.mutable_treatment() = treatment_fact(*standing, command.treatment(), effects);
  *add_fact(effects, standing->key).mutable_answer_recorded() = std::move(fact);
  return effects;
}

}  // namespace kkr::consultation
