// Looks at the arguments of a command one after the other and keeps the first fault: what a field
// may hold, never whether it fits the state.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "services/financing/domain/decision.h"
#include "services/platform/field/text.h"
#include "services/platform/money/money.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

class Arguments {
 public:
  // Holds `ok`, or the fault is `field` and the sentence `rule`.
  void must(bool ok, std::string_view field, std::string_view rule);
  // So many Unicode code points and no control character; with kMany, line breaks may stand in it.
  void text(std::string_view field, std::string_view value, std::size_t characters_min,
            std::size_t characters_max, platform::Lines lines = platform::Lines::kOne);
  void between(std::string_view field, long long value, long long min, long long max);
  // So many digits and nothing else.
  void digits(std::string_view field, std::string_view value, std::size_t min, std::size_t max);
  // An ISO 8601 local date; 1 January 1900 with the fault.
  platform::LocalDate date(std::string_view field, std::string_view value);
  // The same, or nothing.
  std::optional<platform::LocalDate> optional_date(std::string_view field, std::string_view value);
  // Kroner and øre such as `1500000.00`; zero with the fault.
  platform::Money money(std::string_view field, std::string_view value);

  // The first fault, ready to be returned by `decide`.
  const std::optional<Refusal>& fault() const { return fault_; }

 private:
  std::optional<Refusal> fault_;
};

// Why something was done, 1 to 500 characters: REASON_MISSING, else ARGUMENT_INVALID.
std::optional<Refusal> fault_in_reason(std::string_view reason);

}  // namespace kkr::financing
