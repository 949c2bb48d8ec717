// How every gRPC server of ours is built: the same limits whether it is reached within the process,
// over a socket file or over TCP. gRPC never faces the public; the gateway does.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace kkr::platform {

class CallsUnderWay;

class GrpcServer {
 public:
  // A started server of `services`, which must outlive it; null when an address cannot be listened
  // on. `addresses` are `host:port` or `unix:path`; without any the server is reached within the
  // process only. Health is reported for the process ("") and for `health_names`. Callers from
  // outside the process must meet `credentials`.
  static std::unique_ptr<GrpcServer> start(const std::vector<grpc::Service*>& services,
                                           const std::vector<std::string>& addresses,
                                           const std::vector<std::string>& health_names,
                                           const std::shared_ptr<grpc::ServerCredentials>&
                                               credentials = grpc::InsecureServerCredentials());
  ~GrpcServer();

  // The address asked for with the port it got: what a `:0` in it became.
  const std::vector<std::string>& addresses() const { return addresses_; }

  // A channel to this server without a socket. It takes calls until stop() and must not be called
  // afterwards: gRPC 1.51 crashes. So whoever calls stops before whom it calls.
  std::shared_ptr<grpc::Channel> channel_within();

  // Reports NOT_SERVING, lets the calls under way end until the deadline, and cancels what is left
  // then. A client that watches the health, or has another replica to turn to, sees no call fail.
  void stop(std::chrono::steady_clock::time_point deadline);

 private:
  GrpcServer() = default;

  std::shared_ptr<CallsUnderWay> calls_;
  std::vector<std::string> addresses_;
  bool is_watched_ = false;  // By clients that turn away when it says that it does not serve.
  std::unique_ptr<grpc::Server> server_;
};

// A plain channel to `host:port` or `unix:path` of this machine; see network_channel.h for others.
// Connects when first used.
std::shared_ptr<grpc::Channel> channel_to(const std::string& address);

}  // namespace kkr::platform
