#include "services/consultation/api/calls.h"

#include <charconv>

#include "services/platform/grpc/failure_status.h"

namespace kkr::consultation {

grpc::Status status_of(const Texts& texts) {
  return texts.failure() ? platform::failure_status(*texts.failure()) : grpc::Status::OK;
}

int number_in(const std::string& after) {
  int number = 0;
  std::from_chars(after.data(), after.data() + after.size(), number);
  return number;
}

}  // namespace kkr::consultation
