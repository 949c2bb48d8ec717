// What a request got wrong: the first fault found, in words for the caller.
#pragma once

#include <optional>
#include <string>

namespace kkr::gateway {

struct Violation {
  std::string field;   // As the caller spells it: `round.questions[3].title`; empty: the whole.
  std::string reason;  // UPPER_SNAKE_CASE, for programs.
  std::string description;  // A sentence, for people.
};

using MaybeViolation = std::optional<Violation>;

}  // namespace kkr::gateway
