// Looks at the arguments of a command one after the other and keeps the first fault: what a field
// may hold, never whether it fits the state.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "services/notification/domain/decision.h"
#include "services/platform/field/text.h"

namespace kkr::notification {

class Arguments {
 public:
  // Holds `ok`, or the fault is `field` and the sentence `rule`.
  void must(bool ok, std::string_view field, std::string_view rule);
  // So many Unicode code points and no control character; with kMany, line breaks may stand in it.
  void text(std::string_view field, std::string_view value, std::size_t characters_min,
            std::size_t characters_max, platform::Lines lines = platform::Lines::kOne);
  void between(std::string_view field, long long value, long long min, long long max);
  // An id of an office.
  void office(std::string_view field, std::string_view value);
  // Days before a deadline: each 1 to 90 and once, at most 10.
  void reminder_days(std::string_view field, const google::protobuf::RepeatedField<int>& days);

  // The first fault, ready to be returned by `decide`.
  const std::optional<Refusal>& fault() const { return fault_; }

 private:
  std::optional<Refusal> fault_;
};

// Why something was done, 1 to 500 characters: REASON_MISSING, else ARGUMENT_INVALID.
std::optional<Refusal> fault_in_reason(std::string_view reason);

}  // namespace kkr::notification
