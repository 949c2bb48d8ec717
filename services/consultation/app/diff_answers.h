// What changed from one version of an answer to another, question by question. Pure.
#pragma once

#include <vector>

#include "kkr/consultation/v1/answer_events.pb.h"
#include "kkr/consultation/v1/answers.pb.h"
#include "services/consultation/domain/round.h"

namespace kkr::consultation {

// The questions whose values differ, in the round's order.
std::vector<v1::QuestionChange> changes_between(const Round& round, const v1::AnswerBody& before,
                                                const v1::AnswerBody& after);

}  // namespace kkr::consultation
