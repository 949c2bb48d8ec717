// Looks at the arguments of a command one after the other and keeps the first fault: what a field
// may hold, never whether it fits the state.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "services/consultation/domain/decision.h"
#include "services/platform/field/text.h"

namespace kkr::consultation {

class Arguments {
 public:
  // Holds `ok`, or the fault is `field` and the sentence `rule`.
  void must(bool ok, std::string_view field, std::string_view rule);
  // So many Unicode code points and no control character; with kMany, line breaks may stand in it.
  void text(std::string_view field, std::string_view value, std::size_t characters_min,
            std::size_t characters_max, platform::Lines lines = platform::Lines::kOne);
  void between(std::string_view field, long long value, long long min, long long max);
  // An ISO 8601 local date, or empty.
  void date(std::string_view field, std::string_view value);
  // `regions/{region}/{collection}/{id}`, or empty.
  void name(std::string_view field, std::string_view value, std::string_view collection);
  // `-?[0-9]{1,15}(\.[0-9]{1,6})?`, or empty.
  void decimal(std::string_view field, std::string_view value);

  // The first fault, ready to be returned by `decide`.
  const std::optional<Refusal>& fault() const { return fault_; }

 private:
  std::optional<Refusal> fault_;
};

// Why something was done, 1 to 500 characters: REASON_MISSING, else ARGUMENT_INVALID.
std::optional<Refusal> fault_in_reason(std::string_view reason);

}  // namespace kkr::consultation
