#include "services/consultation/domain/answer_rules.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "services/consultation/domain/answer_documents.h"

namespace kkr::consultation {
namespace {

constexpr std::size_t kNameLengthMax = 200;

void check_past_date(Arguments& arguments, const std::string& field, const std::string& date,
                     platform::LocalDate today) {
  const auto parsed = platform::parse_date(date);
  arguments.must(parsed.has_value(), field, "a date such as 2013-03-19");
  arguments.must(parsed && *parsed <= today, field, "not in the future");
}

void check_line(Arguments& arguments, const std::string& field, const std::string& text,
                std::size_t length_min) {
  arguments.text(field, text, length_min, kNameLengthMax);
  arguments.must(is_printable(text), field, "without control characters");
}

bool is_person_name(std::string_view name) {
  constexpr std::string_view kPrefix = "persons/";
  return name.starts_with(kPrefix) && name.size() > kPrefix.size() &&
         name.find('/', kPrefix.size()) == std::string_view::npos && name.size() <= kNameLengthMax;
}

}  // namespace

std::optional<Standing> standing_of(const Consultation& state, const std::string& name,
                                    const Context& context) {
  auto parsed = parse_round_member_name(name, "answers");
  if (!parsed) return std::nullopt;
  auto round = state.rounds.find(parsed->key.round);
  if (round == nullptr) return std::nullopt;
  static const auto none = std::make_shared<const Answer>();
  auto answer = state.answers.find(parsed->key);
  return Standing{std::move(parsed->region),
                  std::move(parsed->key),
                  std::move(round),
                  answer == nullptr ? none : answer,
                  context.now,
                  platform::local_date_of(context.now)};
}

std::optional<Refusal> refuse_entry(const Standing& standing) {
  const Phase phase = standing.round->phase;
  if (phase != v1::Round::STATE_OPEN && phase != v1::Round::STATE_CLOSED) {
    return refusal(Rejection::kRoundNotAccepting, {{"state", v1::Round::State_Name(phase)}});
  }
  if (invitee_of(*standing.round, standing.key.municipality) == nullptr) {
    return refusal(Rejection::kMunicipalityNotInvited,
                   {{"municipality", standing.key.municipality.text}});
  }
  return std::nullopt;
}

void check_sha256(Arguments& arguments, const std::string& field, const std::string& digest) {
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  arguments.must(digest.size() == 64 && std::all_of(digest.begin(), digest.end(), is_hex), field,
                 "64 lower-case hexadecimal digits");
}

void check_sign_off(Arguments& arguments, const v1::SignOff& sign_off, platform::LocalDate today) {
  check_line(arguments, "sign_off.signer", sign_off.signer(), 1);
  check_line(arguments, "sign_off.title", sign_off.title(), 0);
  check_past_date(arguments, "sign_off.sign_date", sign_off.sign_date(), today);
  arguments.must(sign_off.person().empty() || is_person_name(sign_off.person()), "sign_off.person",
                 "persons/{id}");
}

void check_treatment(Arguments& arguments, const v1::Treatment& treatment,
                     platform::LocalDate today) {
  arguments.must(v1::TreatmentKind_IsValid(treatment.kind()) &&
                     treatment.kind() != v1::TREATMENT_KIND_UNSPECIFIED,
                 "treatment.kind", "ADMINISTRATIVE, SUBJECT_TO_APPROVAL or DECIDED");
  if (treatment.kind() == v1::TREATMENT_KIND_DECIDED) {
    check_line(arguments, "treatment.deciding_body", treatment.deciding_body(), 1);
    check_past_date(arguments, "treatment.decision_date", treatment.decision_date(), today);
    if (treatment.extract_sha256().empty()) return;  // EXTRACT_MISSING says so.
    check_sha256(arguments, "treatment.extract_sha256", treatment.extract_sha256());
    return;
  }
  arguments.must(treatment.deciding_body().empty(), "treatment.deciding_body",
                 "empty unless DECIDED");
  arguments.must(treatment.decision_date().empty(), "treatment.decision_date",
                 "empty unless DECIDED");
  arguments.must(treatment.extract_sha256().empty(), "treatment.extract_sha256",
                 "empty unless DECIDED");
}

std::optional<Refusal> refuse_unproven(const v1::Treatment& treatment) {
  if (treatment.kind() != v1::TREATMENT_KIND_DECIDED || !treatment.extract_sha256().empty()) {
    return std::nullopt;
  }
  return refusal(Rejection::kExtractMissing);
}

std::optional<Refusal> refuse_unknown(const std::string& sha256,
                                      const std::vector<v1::Attachment>& stored) {
  const bool known =
      sha256.empty() || std::any_of(stored.begin(), stored.end(), [&](const v1::Attachment& file) {
        return file.sha256() == sha256;
      });
  if (known) return std::nullopt;
  return refusal(Rejection::kAttachmentUnknown, {{"sha256", sha256}});
}

Refusal value_refusal(const std::string& question, const ValueFault& fault) {
  return refusal(Rejection::kValueInvalid,
                 {{"question", question}, {"place", fault.place}, {"rule", fault.rule}});
}

CheckedBody check_values(const Round& round,
                         const google::protobuf::RepeatedPtrField<v1::QuestionValue>& values,
                         Completeness completeness) {
  std::map<std::string_view, const v1::QuestionValue*> given;
  for (const v1::QuestionValue& value : values) {
    const v1::Question* question = question_of(round, value.question());
    if (question == nullptr) {
      return refusal(Rejection::kQuestionUnknown, {{"question", value.question()}});
    }
    if (!given.emplace(value.question(), &value).second) {
      return value_refusal(value.question(), {"", "is given twice"});
    }
    if (const auto fault = fault_of(*question, value, completeness)) {
      return value_refusal(value.question(), *fault);
    }
  }
  v1::AnswerBody body;
  for (const v1::Question& question : round.content.questions()) {
    const auto found = given.find(question.id());
    if (found == given.end() || is_unanswered(*found->second)) {
      if (!question.required() || completeness == Completeness::kPartial) continue;
      return refusal(Rejection::kRequiredQuestionUnanswered, {{"question", question.id()}});
    }
    *body.add_values() = *found->second;
    for (v1::ValueWarning& warning : warnings_of(question, *found->second)) {
      *body.add_warnings() = std::move(warning);
    }
  }
  return body;
}

v1::TreatmentFact treatment_fact(const Standing& standing, const v1::Treatment& treatment,
                                 Effects& effects) {
  v1::TreatmentFact fact;
  fact.set_revision(standing.answer->treatment.revision() + 1);
  fact.set_kind(treatment.kind());
  fact.set_decision_date(treatment.decision_date());
  fact.set_extract_sha256(treatment.extract_sha256());
  if (!treatment.deciding_body().empty()) {
    std::string key = deciding_body_key(standing.key, fact.revision());
    fact.mutable_deciding_body()->set_key(key);
    effects.private_writes.push_back({std::move(key), treatment.deciding_body()});
  }
  return fact;
}

v1::Event& add_fact(Effects& effects, const AnswerKey& key) {
  effects.facts.push_back({stream_of(key), v1::Event()});
  return effects.facts.back().event;
}

}  // namespace kkr::consultation
