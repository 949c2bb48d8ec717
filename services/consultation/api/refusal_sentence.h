// What a refusal says when its details make it clearer than its rule alone.
#pragma once

#include <optional>
#include <string>

#include "services/consultation/domain/decision.h"

namespace kkr::consultation {

// A sentence that names who was faster, or which question is wrong and why. nullopt: the rule's own
// sentence says it all.
std::optional<std::string> sentence_of(const Refusal& refusal);

}  // namespace kkr::consultation
