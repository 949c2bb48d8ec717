// The words in which every method of this service speaks of its logs and calls.
#pragma once

#include "services/consultation/api/rejection_status.h"
#include "services/consultation/app/texts.h"
#include "services/consultation/domain/state.h"
#include "services/platform/grpc/service_calls.h"

namespace kkr::consultation {

using Logs = platform::RegionLogs<Domain>;
using Log = platform::RegionLog<Domain>;
using Committed = platform::Committed<Domain>;
using StateAt = platform::StateAt<Domain>;

using platform::carry_out;
using platform::created_id;
using platform::kPageBytesMax;
using platform::look_up;
using platform::region_of;

// OK, or why the texts of a reply could not be read.
grpc::Status status_of(const Texts& texts);

// The version number of which a page token tells; 0 when it tells none.
int number_in(const std::string& after);

}  // namespace kkr::consultation
