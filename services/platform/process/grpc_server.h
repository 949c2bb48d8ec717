// How every gRPC server of ours is built: the same limits whether it is reached within the process,
// over a socket file or over TCP. gRPC never faces the public; the gateway does.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace kkr::platform {

// An attachment of 25 MiB with what surrounds it.
inline constexpr int kMessageBytesMax = 27 * 1024 * 1024;

class CallsUnderWay;

class GrpcServer {
 public:
  // A started server of `services`, which must outlive it; null when an address cannot be listened
  // on. `addresses` are `host:port` or `unix:path`; without any the server is reached within the
  // process only. Health is reported for the process ("") and for `health_names`.
  static std::unique_ptr<GrpcServer> start(const std::vector<grpc::Service*>& services,
                                           const std::vector<std::string>& addresses,
                                           const std::vector<std::string>& health_names);
  ~GrpcServer();

  // The address asked for with the port it got: what a `:0` in it became.
  const std::vector<std::string>& addresses() const { return addresses_; }

  // A channel to this server without a socket. It takes calls until stop() and must not be called
  // afterwards: gRPC 1.51 crashes. So whoever calls stops before whom it calls.
  std::shared_ptr<grpc::Channel> channel_within();

  // Reports NOT_SERVING, lets the calls under way end until the deadline, and cancels what is left
  // then.
  void stop(std::chrono::steady_clock::time_point deadline);

 private:
  GrpcServer() = default;

  std::shared_ptr<CallsUnderWay> calls_;
  std::vector<std::string> addresses_;
  std::unique_ptr<grpc::Server> server_;
};

// A channel to `host:port` or `unix:path`. Connects when first used.
std::shared_ptr<grpc::Channel> channel_to(const std::string& address);

}  // namespace kkr::platform
