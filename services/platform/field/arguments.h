// Looks at the arguments of a command one after the other and keeps the first fault: what a field
// may hold, never whether it fits the state. Pure; domains build their own kinds of field on it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/decision/decision.h"
#include "services/platform/field/text.h"

namespace kkr::platform {

// `Rejection` has kArgumentInvalid, whose details are `field` and `rule`.
template <class Rejection>
class Arguments {
 public:
  // Holds `ok`, or the fault is `field` and the sentence `rule`.
  void must(bool ok, std::string_view field, std::string_view rule) {
    if (ok || fault_) return;
    fault_ = Refusal<Rejection>{Rejection::kArgumentInvalid,
                                {{"field", std::string(field)}, {"rule", std::string(rule)}}};
  }
  // So many Unicode code points and no control character; with kMany, line breaks may stand in it.
  void text(std::string_view field, std::string_view value, std::size_t characters_min,
            std::size_t characters_max, Lines lines = Lines::kOne) {
    const std::size_t characters = characters_in(value);
    must(characters >= characters_min && characters <= characters_max, field,
         std::to_string(characters_min) + " to " + std::to_string(characters_max) + " characters");
    must(!has_control_characters(value, lines), field,
         lines == Lines::kOne ? "one line" : "without control characters");
  }
  void between(std::string_view field, long long value, long long min, long long max) {
    must(value >= min && value <= max, field, std::to_string(min) + " to " + std::to_string(max));
  }

  // The first fault, ready to be returned by `decide`.
  const std::optional<Refusal<Rejection>>& fault() const { return fault_; }

 private:
  std::optional<Refusal<Rejection>> fault_;
};

// Why something was done, 1 to 500 characters: kReasonMissing, else kArgumentInvalid.
template <class Rejection>
std::optional<Refusal<Rejection>> fault_in_reason(std::string_view reason) {
  if (reason.empty()) return Refusal<Rejection>{Rejection::kReasonMissing, {}};
  Arguments<Rejection> arguments;
  arguments.text("reason", reason, 1, 500, Lines::kMany);
  return arguments.fault();
}

}  // namespace kkr::platform
