#include "services/registry/domain/period.h"

namespace kkr::registry {

std::variant<LocalDate, Refusal> read_date(std::string_view text, std::string_view field) {
  if (const auto date = platform::parse_date(text)) return *date;
  return refuse(Rejection::kDateInvalid, {{"field", std::string(field)}});
}

std::variant<Period, Refusal> read_period(std::string_view from, std::string_view to) {
  const auto first = read_date(from, "from_date");
  if (const auto* refusal = std::get_if<Refusal>(&first)) return *refusal;
  Period period{std::get<LocalDate>(first), std::nullopt};
  if (to.empty()) return period;

  const auto last = read_date(to, "to_date");
  if (const auto* refusal = std::get_if<Refusal>(&last)) return *refusal;
  period.to = std::get<LocalDate>(last);
  if (*period.to < period.from) return refuse(Rejection::kPeriodReversed, period_details(period));
  return period;
}

Period stored_period(std::string_view from, std::string_view to) {
  return {platform::parse_date(from).value_or(LocalDate()), platform::parse_date(to)};
}

std::string format_end(const std::optional<LocalDate>& to) {
  return to ? platform::format_date(*to) : "";
}

std::map<std::string, std::string> period_details(const Period& period) {
  return {{"from_date", platform::format_date(period.from)}, {"to_date", format_end(period.to)}};
}

}  // namespace kkr::registry
