// What the notification service is told and made of when it is a program of its own.
#pragma once

#include "services/notification/config.h"
#include "services/platform/cluster/run_service.h"

namespace kkr::notification {

// `config` receives the settings and must outlive the program.
platform::ServiceProgram program_with(Config& config);

}  // namespace kkr::notification
