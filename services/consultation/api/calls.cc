#include "services/consultation/api/calls.h"

#include "services/platform/grpc/failure_status.h"

namespace kkr::consultation {

grpc::Status status_of(const Texts& texts) {
  return texts.failure() ? platform::failure_status(*texts.failure()) : grpc::Status::OK;
}

}  // namespace kkr::consultation
