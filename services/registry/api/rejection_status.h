// How a refusal of the registry looks to a caller: the one table from rejection to gRPC code,
// reason and sentence.
#pragma once

#include <grpcpp/support/status.h>

#include "services/platform/decision/decision.h"
#include "services/registry/domain/rejection.h"

namespace kkr::registry {

// Found by the platform's glue through argument-dependent look-up.
grpc::Status to_status(const platform::Refusal<Rejection>& refusal);

}  // namespace kkr::registry
