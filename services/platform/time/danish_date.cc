#include "services/platform/time/danish_date.h"

#include <array>

#include "services/platform/time/local_date.h"

namespace kkr::platform {

std::string danish_date(const std::string& date) {
  constexpr std::array<const char*, 12> kMonths = {"januar",    "februar", "marts",    "april",
                                                   "maj",       "juni",    "juli",     "august",
                                                   "september", "oktober", "november", "december"};
  const auto parsed = parse_date(date);
  if (!parsed) return date;
  return std::to_string(parsed->day()) + ". " +
         kMonths[static_cast<std::size_t>(parsed->month() - 1)] + " " +
         std::to_string(parsed->year());
}

}  // namespace kkr::platform
