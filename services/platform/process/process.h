// A running program: logs, signals, readiness, and the modules it is made of. Modules are added in
// order of need and stop in the opposite order, so that whatever a module asks is still there when
// it finishes its work.
#pragma once

#include <grpcpp/channel.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/process/grpc_server.h"
#include "services/platform/process/module.h"
#include "services/platform/process/process_config.h"
#include "services/platform/process/readiness.h"
#include "services/platform/process/stop_signal.h"

namespace kkr::platform {

class Process {
 public:
  // Make it before any thread is started. Only with a configuration whose check() found nothing.
  Process(std::string name, ProcessConfig config);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  Readiness& readiness() { return readiness_; }

  // Starts the module and returns the channel to it. Throws std::runtime_error with a sentence when
  // it cannot start.
  std::shared_ptr<grpc::Channel> add(Module module);
  // Serves the gRPC services of every module added so far on --grpc-listen and returns the address;
  // empty when none was asked for. Throws std::runtime_error with a sentence when the address
  // cannot be listened on. Callers must meet `credentials`.
  std::string listen(const std::shared_ptr<grpc::ServerCredentials>& credentials =
                         grpc::InsecureServerCredentials());
  // The gRPC services of every module added so far, each once.
  std::vector<grpc::Service*> services() const;

  // Calls `ready` and waits for SIGTERM or SIGINT; then is not ready any more, lets the calls under
  // way end, and stops. Returns the exit code.
  int run_until_shutdown(const std::function<void()>& ready);
  // Called when the process has been told to stop, before it takes fewer calls than it did.
  void before_stop(std::function<void()> call) { before_stop_ = std::move(call); }
  // Stops now. Called by the destructor as well, for a program that fails while it starts.
  void stop();

 private:
  const std::string name_;
  const ProcessConfig config_;
  StopSignal stop_signal_;
  Readiness readiness_;
  std::vector<std::unique_ptr<Module>> modules_;
  std::unique_ptr<GrpcServer> listener_;
  std::function<void()> before_stop_;
};

}  // namespace kkr::platform
