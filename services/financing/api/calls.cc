#include "services/financing/api/calls.h"

#include <charconv>

#include "absl/strings/ascii.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::financing {

std::string created_id(const std::string& wished, const std::string& request_id) {
  return wished.empty() ? absl::AsciiStrToLower(request_id) : wished;
}

grpc::Status status_of(const Texts& texts) {
  return texts.failure() ? platform::failure_status(*texts.failure()) : grpc::Status::OK;
}

int PageFill::after_number() const {
  int number = 0;
  std::from_chars(page_.after.data(), page_.after.data() + page_.after.size(), number);
  return number;
}

}  // namespace kkr::financing
