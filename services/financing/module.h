// The financing service as a module of a process: every object it is made of, in order of need.
#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "services/platform/ports/ports.h"
#include "services/platform/process/module.h"

namespace kkr::financing {

// Opens the regions' logs that exist; others are opened when the registry, reached over `registry`,
// knows their region. `ports` must outlive the module.
platform::Module make_module(platform::Ports& ports,
                             const std::shared_ptr<grpc::Channel>& registry);

}  // namespace kkr::financing
