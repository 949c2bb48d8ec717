// What the fields of this service's commands may hold, beside what every service's may.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "services/financing/domain/decision.h"
#include "services/platform/field/arguments.h"
#include "services/platform/money/money.h"
#include "services/platform/time/local_date.h"

namespace kkr::financing {

class Arguments : public platform::Arguments<Rejection> {
 public:
  // So many digits and nothing else.
  void digits(std::string_view field, std::string_view value, std::size_t min, std::size_t max);
  // An ISO 8601 local date; 1 January 1900 with the fault.
  platform::LocalDate date(std::string_view field, std::string_view value);
  // The same, or nothing.
  std::optional<platform::LocalDate> optional_date(std::string_view field, std::string_view value);
  // Kroner and øre such as `1500000.00`; zero with the fault.
  platform::Money money(std::string_view field, std::string_view value);
};

// Why something was done, 1 to 500 characters: REASON_MISSING, else ARGUMENT_INVALID.
inline std::optional<Refusal> fault_in_reason(std::string_view reason) {
  return platform::fault_in_reason<Rejection>(reason);
}

}  // namespace kkr::financing
