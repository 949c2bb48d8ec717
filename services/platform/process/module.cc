#include "services/platform/process/module.h"

#include <stdexcept>

#include "services/platform/log/log.h"

namespace kkr::platform {

Module::~Module() {
  while (!objects_.empty()) objects_.pop_back();
}

void Module::serve(std::string what, std::function<void()> start,
                   std::function<void(Deadline)> drain) {
  servers_.push_back({std::move(what), std::move(start), std::move(drain)});
}

void Module::run_in_background(std::string what, std::function<void()> start,
                               std::function<void()> stop) {
  background_.push_back({std::move(what), std::move(start), std::move(stop)});
}

std::shared_ptr<grpc::Channel> Module::start() {
  std::shared_ptr<grpc::Channel> channel;
  if (!services_.empty()) {
    grpc_server_ = GrpcServer::start(services_, {}, {"kkr." + name_});
    if (grpc_server_ == nullptr) throw std::runtime_error("gRPC cannot start for " + name_);
    channel = grpc_server_->channel_within();
  }
  for (const Background& work : background_) work.start();
  for (const Server& server : servers_) server.start();
  return channel;
}

void Module::stop(Deadline deadline) {
  for (auto server = servers_.rbegin(); server != servers_.rend(); ++server) {
    server->drain(deadline);
  }
  if (grpc_server_ != nullptr) grpc_server_->stop(deadline);
  for (auto work = background_.rbegin(); work != background_.rend(); ++work) {
    work->stop();
    log(LogLevel::kDebug, "background work has ended", {{"module", name_}, {"work", work->what}});
  }
}

}  // namespace kkr::platform
