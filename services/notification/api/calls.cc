#include "services/notification/api/calls.h"

#include "absl/strings/ascii.h"

namespace kkr::notification {

std::string created_id(const std::string& wished, const std::string& request_id) {
  return wished.empty() ? absl::AsciiStrToLower(request_id) : wished;
}

}  // namespace kkr::notification
