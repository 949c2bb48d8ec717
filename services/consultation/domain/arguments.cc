#include "services/consultation/domain/arguments.h"

#include "services/consultation/domain/decimal.h"
#include "services/consultation/domain/ids.h"
#include "services/platform/time/local_date.h"

namespace kkr::consultation {
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

void Arguments::date(std::string_view field, std::string_view value) {
  must(value.empty() || platform::parse_date(value), field, "a date such as 2013-03-19");
}

void Arguments::name(std::string_view field, std::string_view value, std::string_view collection) {
  must(value.empty() || is_name_in(value, collection), field,
       "regions/{region}/" + std::string(collection) + "/{id}");
}

void Arguments::decimal(std::string_view field, std::string_view value) {
  must(value.empty() || parse_decimal(value), field, "a decimal such as -12.50");
}

std::optional<Refusal> fault_in_reason(std::string_view reason) {
  if (reason.empty()) return refusal(Rejection::kReasonMissing);
  Arguments arguments;
  arguments.text("reason", reason, 1, 500, platform::Lines::kMany);
  return arguments.fault();
}

}  // namespace kkr::consultation
