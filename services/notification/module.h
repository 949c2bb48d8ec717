// The notification service as a module of a process: every object it is made of, in order of need.
#pragma once

#include <grpcpp/channel.h>

#include <memory>

#include "services/notification/config.h"
#include "services/notification/send_tables.h"
#include "services/platform/ports/ports.h"
#include "services/platform/process/module.h"

namespace kkr::notification {

// The services that notices are about, and that are asked before one is sent.
struct Owners {
  std::shared_ptr<grpc::Channel> registry;
  std::shared_ptr<grpc::Channel> consultation;
  std::shared_ptr<grpc::Channel> financing;
};

// Opens a log for each region that has one in a service it follows, at once and whenever one is
// added. `ports` must outlive the module.
platform::Module make_module(platform::Ports& ports, const Owners& owners, const Config& config,
                             std::unique_ptr<SendTables> tables);

}  // namespace kkr::notification
