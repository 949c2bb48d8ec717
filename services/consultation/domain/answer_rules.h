// The rules that the commands about an answer share: where the answer stands, and whether what was
// sent with it is whole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kkr/consultation/v1/answers.pb.h"
#include "kkr/consultation/v1/attachments.pb.h"
#include "services/consultation/domain/arguments.h"
#include "services/consultation/domain/question_value.h"
#include "services/consultation/domain/state.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {

// The answer a command names, its round, and the day it is. `answer` is empty when there is none.
struct Standing {
  std::string region;
  AnswerKey key;
  std::shared_ptr<const Round> round;
  std::shared_ptr<const Answer> answer;
  absl::Time now;
  platform::LocalDate today;
};

// nullopt: no such round (ROUND_UNKNOWN).
std::optional<Standing> standing_of(const Consultation& state, const std::string& name,
                                    const Context& context);

// ROUND_NOT_ACCEPTING unless the round is open or closed, then MUNICIPALITY_NOT_INVITED.
std::optional<Refusal> refuse_entry(const Standing& standing);

// What a client may say of a signature and a treatment.
void check_sign_off(Arguments& arguments, const v1::SignOff& sign_off, platform::LocalDate today);
void check_treatment(Arguments& arguments, const v1::Treatment& treatment,
                     platform::LocalDate today);
void check_sha256(Arguments& arguments, const std::string& field, const std::string& digest);
// ATTACHMENT_UNKNOWN when the region does not hold the file; an empty digest names none.
std::optional<Refusal> refuse_unknown(const std::string& sha256,
                                      const std::vector<v1::Attachment>& stored);
// EXTRACT_MISSING for a decision without the extract of its minutes.
std::optional<Refusal> refuse_unproven(const v1::Treatment& treatment);

// Whether the values fit the round's questions, and what is kept of them: in the round's order,
// less the unanswered, with warnings. Fails with QUESTION_UNKNOWN, VALUE_INVALID, and for a whole
// answer REQUIRED_QUESTION_UNANSWERED.
using CheckedBody = std::variant<v1::AnswerBody, Refusal>;
CheckedBody check_values(const Round& round,
                         const google::protobuf::RepeatedPtrField<v1::QuestionValue>& values,
                         Completeness completeness);
Refusal value_refusal(const std::string& question, const ValueFault& fault);

// The fact of a treatment, and the document it leaves.
v1::TreatmentFact treatment_fact(const Standing& standing, const v1::Treatment& treatment,
                                 Effects& effects);

// One fact in the answer's stream.
v1::Event& add_fact(Effects& effects, const AnswerKey& key);

}  // namespace kkr::consultation
