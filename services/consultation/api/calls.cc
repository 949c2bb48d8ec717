#include "services/consultation/api/calls.h"

#include "absl/strings/ascii.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::consultation {

std::string_view region_in(std::string_view name) {
  constexpr std::string_view kPrefix = "regions/";
  if (name.substr(0, kPrefix.size()) != kPrefix) return {};
  name.remove_prefix(kPrefix.size());
  return name.substr(0, name.find('/'));
}

std::string created_id(const std::string& wished, const std::string& request_id) {
  return wished.empty() ? absl::AsciiStrToLower(request_id) : wished;
}

grpc::Status status_of(const Texts& texts) {
  return texts.failure() ? platform::failure_status(*texts.failure()) : grpc::Status::OK;
}

}  // namespace kkr::consultation
