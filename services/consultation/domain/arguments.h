// What the fields of this service's commands may hold, beside what every service's may.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/consultation/domain/decision.h"
#include "services/platform/field/arguments.h"

namespace kkr::consultation {

class Arguments : public platform::Arguments<Rejection> {
 public:
  // An ISO 8601 local date, or empty.
  void date(std::string_view field, std::string_view value);
  // `regions/{region}/{collection}/{id}`, or empty.
  void name(std::string_view field, std::string_view value, std::string_view collection);
  // `-?[0-9]{1,15}(\.[0-9]{1,6})?`, or empty.
  void decimal(std::string_view field, std::string_view value);
};

// Why something was done, 1 to 500 characters: REASON_MISSING, else ARGUMENT_INVALID.
inline std::optional<Refusal> fault_in_reason(std::string_view reason) {
  return platform::fault_in_reason<Rejection>(reason);
}

}  // namespace kkr::consultation
