// What the municipalities answered to one question, laid side by side. Pure.
#pragma once

#include <string>
#include <vector>

#include "kkr/consultation/v1/collections.pb.h"
#include "services/consultation/domain/round.h"

namespace kkr::consultation {

// One municipality's value, in the order in which it is to be shown.
struct GivenValue {
  const v1::CollectedMunicipality* municipality;
  v1::QuestionValue value;  // Answered, and without fault.
};

// Everything but the secretariat's note. Values of one cluster stand together in `given`.
v1::CollectedQuestion collected(const v1::Question& question, const Invited& invited,
                                const std::vector<GivenValue>& given);

// The values of a choice question as they are read.
std::string titles_of(const v1::Question& question, const v1::ChosenOptions& choice);

}  // namespace kkr::consultation
