// The one table from a refusal of this service to what the caller is told.
#pragma once

#include <grpcpp/support/status.h>

#include "services/notification/domain/decision.h"

namespace kkr::notification {

// The status of a command that the domain refused. Found by argument-dependent look-up.
grpc::Status to_status(const Refusal& refusal);

}  // namespace kkr::notification
