// What a question may look like. Knows nothing of answers.
#pragma once

#include "kkr/consultation/v1/questions.pb.h"
#include "services/consultation/domain/arguments.h"

namespace kkr::consultation {

// What a table takes when its question says nothing, and the most it may say.
inline constexpr int kTableRowsMax = 200;

// Looks at the questions of a round, in order; `field` is what they are called in the command.
void check_questions(Arguments& arguments, const std::string& field,
                     const google::protobuf::RepeatedPtrField<v1::Question>& questions);

}  // namespace kkr::consultation
