#include "services/platform/process/process.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "absl/synchronization/mutex.h"
#include "services/platform/log/log.h"

namespace kkr::platform {

Process::Process(std::string name, ProcessConfig config)
    : name_(std::move(name)), config_(std::move(config)) {
  start_json_logs(config_.least_level());
  // Debian's Abseil enters every lock into a graph of who waits for whom, itself under one lock of
  // the whole process, and gRPC takes several for each call. Good in a test, dear in service.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
}

Process::~Process() { stop(); }

std::shared_ptr<grpc::Channel> Process::add(Module module) {
  const std::string name = module.name();
  readiness_.set(name, false, "It is starting.");
  modules_.push_back(std::make_unique<Module>(std::move(module)));
  std::shared_ptr<grpc::Channel> channel = modules_.back()->start();
  readiness_.set(name, true);
  log(LogLevel::kInfo, "module started", {{"module", name}});
  return channel;
}

std::string Process::listen(const std::shared_ptr<grpc::ServerCredentials>& credentials) {
  if (config_.grpc_listen.empty()) return {};
  std::vector<std::string> health_names;
  for (const auto& module : modules_) {
    if (!module->services().empty()) health_names.push_back("kkr." + module->name());
  }
  listener_ = GrpcServer::start(services(), {config_.grpc_listen}, health_names, credentials);
  if (listener_ == nullptr) {
    throw std::runtime_error("gRPC cannot listen on " + config_.grpc_listen +
                             ": the address is in use or not of this machine (--grpc-listen).");
  }
  return listener_->addresses().front();
}

std::vector<grpc::Service*> Process::services() const {
  std::vector<grpc::Service*> all;
  for (const auto& module : modules_) {
    for (grpc::Service* service : module->services()) {
      if (std::find(all.begin(), all.end(), service) == all.end()) all.push_back(service);
    }
  }
  return all;
}

int Process::run_until_shutdown(const std::function<void()>& ready) {
  if (ready) ready();
  log(LogLevel::kInfo, "ready", {{"program", name_}});
  const int signal = stop_signal_.wait();
  log(LogLevel::kInfo, "stopping", {{"program", name_}, {"signal", signal}});
  stop();
  log(LogLevel::kInfo, "stopped", {{"program", name_}});
  return 0;
}

void Process::stop() {
  readiness_.start_draining();
  if (before_stop_) std::exchange(before_stop_, nullptr)();
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(config_.drain_seconds);
  if (listener_ != nullptr) listener_->stop(deadline);
  listener_.reset();
  while (!modules_.empty()) {
    modules_.back()->stop(deadline);
    modules_.pop_back();
  }
}

}  // namespace kkr::platform
