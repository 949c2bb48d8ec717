// The gateway as a module of a process, whether the services run in the same one or elsewhere.
#pragma once

#include <memory>

#include "gateway/gateway.h"
#include "services/platform/process/module.h"

namespace kkr::gateway {

// Starting it throws std::runtime_error with a sentence when the address cannot be listened on.
platform::Module make_module(std::unique_ptr<Gateway> gateway);

}  // namespace kkr::gateway
