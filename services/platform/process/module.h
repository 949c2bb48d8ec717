// One service as it runs in a process: the objects it is made of, what it serves, and what it does
// by itself. It stops in this order: servers, background work, then the objects, last made first
// gone.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/impl/service_type.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/process/grpc_server.h"

namespace kkr::platform {

class Module {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  explicit Module(std::string name) : name_(std::move(name)) {}
  Module(Module&&) = default;
  Module& operator=(Module&&) = delete;
  ~Module();

  const std::string& name() const { return name_; }

  // Keeps the object as long as the module and returns it.
  template <class T>
  T& own(std::unique_ptr<T> object) {
    T& kept = *object;
    objects_.push_back(std::shared_ptr<T>(std::move(object)));
    return kept;
  }
  template <class T, class... Arguments>
  T& make(Arguments&&... arguments) {
    return own(std::make_unique<T>(std::forward<Arguments>(arguments)...));
  }

  // Serves a callback service under this module's health. Such as one made by make().
  void serve_grpc(grpc::Service& service) { services_.push_back(&service); }
  // Serves something else than gRPC. `drain` takes no new work, lets what is under way end until
  // the deadline, then returns.
  void serve(std::string what, std::function<void()> start, std::function<void(Deadline)> drain);
  // Work of the module's own. `start` returns at once; `stop` when the work has ended.
  void run_in_background(std::string what, std::function<void()> start, std::function<void()> stop);

  // Starts the gRPC server, background work and other servers, in this order. The channel reaches
  // the module within the process; it is null for a module without gRPC services.
  std::shared_ptr<grpc::Channel> start();
  // Stops what start() started, the other way round. The objects remain until destruction.
  void stop(Deadline deadline);

  const std::vector<grpc::Service*>& services() const { return services_; }

 private:
  struct Server {
    std::string what;
    std::function<void()> start;
    std::function<void(Deadline)> drain;
  };
  struct Background {
    std::string what;
    std::function<void()> start;
    std::function<void()> stop;
  };

  std::string name_;
  std::vector<std::shared_ptr<void>> objects_;
  std::vector<grpc::Service*> services_;
  std::vector<Server> servers_;
  std::vector<Background> background_;
  std::unique_ptr<GrpcServer> grpc_server_;
};

}  // namespace kkr::platform
