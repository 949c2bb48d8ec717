// The words in which every method of this service speaks of its logs and calls.
#pragma once

#include "services/financing/api/rejection_status.h"
#include "services/financing/app/texts.h"
#include "services/financing/domain/state.h"
#include "services/platform/grpc/service_calls.h"

namespace kkr::financing {

using Logs = platform::RegionLogs<Domain>;
using Log = platform::RegionLog<Domain>;
using Committed = platform::Committed<Domain>;
using StateAt = platform::StateAt<Domain>;

using platform::carry_out;
using platform::created_id;
using platform::kPageBytesMax;
using platform::list;
using platform::look_up;
using platform::PageFill;

// OK, or why the texts of a reply could not be read.
grpc::Status status_of(const Texts& texts);

}  // namespace kkr::financing
