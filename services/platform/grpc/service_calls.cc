#include "services/platform/grpc/service_calls.h"

#include <charconv>

#include "absl/strings/ascii.h"

namespace kkr::platform {

std::string created_id(const std::string& wished, const std::string& request_id) {
  return wished.empty() ? absl::AsciiStrToLower(request_id) : wished;
}

int PageFill::after_number() const {
  int number = 0;
  std::from_chars(page_.after.data(), page_.after.data() + page_.after.size(), number);
  return number;
}

}  // namespace kkr::platform
