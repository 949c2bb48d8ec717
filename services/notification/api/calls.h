// The words in which every method of this service speaks of its logs and calls.
#pragma once

#include "services/notification/api/rejection_status.h"
#include "services/notification/domain/state.h"
#include "services/platform/grpc/service_calls.h"

namespace kkr::notification {

using Logs = platform::RegionLogs<Domain>;
using Log = platform::RegionLog<Domain>;
using Committed = platform::Committed<Domain>;
using StateAt = platform::StateAt<Domain>;

using platform::carry_out;
using platform::created_id;
using platform::list;
using platform::look_up;
using platform::PageFill;

}  // namespace kkr::notification
