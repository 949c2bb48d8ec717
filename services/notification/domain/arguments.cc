#include "services/notification/domain/arguments.h"

#include <set>

#include "services/platform/field/resource_name.h"

namespace kkr::notification {

void Arguments::must(bool ok, std::string_view field, std::string_view rule) {
  if (ok || fault_) return;
  fault_ = refusal(Rejection::kArgumentInvalid,
                   {{"field", std::string(field)}, {"rule", std::string(rule)}});
}

void Arguments::text(std::string_view field, std::string_view value, std::size_t characters_min,
                     std::size_t characters_max, platform::Lines lines) {
  const std::size_t characters = platform::characters_in(value);
  must(characters >= characters_min && characters <= characters_max, field,
       std::to_string(characters_min) + " to " + std::to_string(characters_max) + " characters");
  must(!platform::has_control_characters(value, lines), field,
       lines == platform::Lines::kOne ? "one line" : "without control characters");
}

void Arguments::between(std::string_view field, long long value, long long min, long long max) {
  must(value >= min && value <= max, field, std::to_string(min) + " to " + std::to_string(max));
}

void Arguments::office(std::string_view field, std::string_view value) {
  must(platform::is_resource_id(value), field, "the id of an office");
}

void Arguments::reminder_days(std::string_view field,
                              const google::protobuf::RepeatedField<int>& days) {
  must(days.size() <= 10, field, "at most 10");
  for (const int day : days) between(field, day, 1, 90);
  must(std::set<int>(days.begin(), days.end()).size() == static_cast<std::size_t>(days.size()),
       field, "each once");
}

std::optional<Refusal> fault_in_reason(std::string_view reason) {
  if (reason.empty()) return refusal(Rejection::kReasonMissing);
  Arguments arguments;
  arguments.text("reason", reason, 1, 500, platform::Lines::kMany);
  return arguments.fault();
}

}  // namespace kkr::notification
