// The one table from what an appender could not do to what the caller is told.
#pragma once

#include <grpcpp/support/status.h>

#include <string_view>

#include "services/platform/appender/command.h"
#include "services/platform/region/no_such_log.h"

namespace kkr::platform {

// The status of a command that was neither carried out nor refused by its domain.
grpc::Status failure_status(CommandFailure failure);
// The status of a read that the store could not serve.
grpc::Status failure_status(StoreFailure failure);

// NOT_FOUND / REGION_UNKNOWN.
grpc::Status region_unknown(std::string_view region);
// REGION_UNKNOWN, or UNAVAILABLE (REGION_NOT_FOUND_OUT) when nobody could say.
grpc::Status no_such_log(NoSuchLog why, std::string_view region);

}  // namespace kkr::platform
