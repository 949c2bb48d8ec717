// What the fields of this service's commands may hold, beside what every service's may.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <optional>
#include <string>
#include <string_view>

#include "services/notification/domain/decision.h"
#include "services/platform/field/arguments.h"

namespace kkr::notification {

class Arguments : public platform::Arguments<Rejection> {
 public:
  // An id of an office.
  void office(std::string_view field, std::string_view value);
  // Days before a deadline: each 1 to 90 and once, at most 10.
  void reminder_days(std::string_view field, const google::protobuf::RepeatedField<int>& days);
};

// Why something was done, 1 to 500 characters: REASON_MISSING, else ARGUMENT_INVALID.
inline std::optional<Refusal> fault_in_reason(std::string_view reason) {
  return platform::fault_in_reason<Rejection>(reason);
}

}  // namespace kkr::notification
