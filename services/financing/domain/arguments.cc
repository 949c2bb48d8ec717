#include "services/financing/domain/arguments.h"

#include <algorithm>

namespace kkr::financing {

void Arguments::digits(std::string_view field, std::string_view value, std::size_t min,
                       std::size_t max) {
  const bool all =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  must(all && value.size() >= min && value.size() <= max, field,
       (min == max ? "" : std::to_string(min) + " to ") + std::to_string(max) + " digits");
}

platform::LocalDate Arguments::date(std::string_view field, std::string_view value) {
  const auto parsed = platform::parse_date(value);
  must(parsed.has_value(), field, "a date such as 2013-05-08");
  return parsed.value_or(platform::LocalDate(1900, 1, 1));
}

std::optional<platform::LocalDate> Arguments::optional_date(std::string_view field,
                                                            std::string_view value) {
  if (value.empty()) return std::nullopt;
  return date(field, value);
}

platform::Money Arguments::money(std::string_view field, std::string_view value) {
  const auto parsed = platform::parse_money(value);
  must(parsed.has_value(), field, "kroner and øre such as 1500000.00");
  return parsed.value_or(platform::Money{});
}

}  // namespace kkr::financing
