// Channels to a service that runs in other processes: calls go round its replicas, and pass by
// those that say they do not serve, do not answer, or fail call after call. A call is not repeated
// here unless the replica cannot have seen it; who may repeat one is the caller's to know.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace kkr::platform {

// The greatest message: an attachment of 25 MiB with what surrounds it.
inline constexpr int kMessageBytesMax = 27 * 1024 * 1024;

struct Backend {
  std::string service;    // `registry`: its certificate carries the DNS name `kkr-registry`.
  std::string addresses;  // See target_of().
  // Sent with every call, beside what the call itself brings; keys in lower case.
  std::map<std::string, std::string> metadata{};
};

// What gRPC calls the addresses; empty when they are none it can take. Either one `host:port`,
// every address of that name being a replica, or `unix:/path`, or several `10.0.0.1:9090`
// separated by commas.
std::string target_of(const std::string& addresses);

// A channel with a connection to each replica. Connects when first used. `addresses` must be such
// as target_of() takes.
std::shared_ptr<grpc::Channel> network_channel(
    const Backend& backend, const std::shared_ptr<grpc::ChannelCredentials>& credentials);

// Several of them, each with connections of its own: for who calls so much that one connection to a
// replica would be its limit.
std::vector<std::shared_ptr<grpc::Channel>> network_channels(
    const Backend& backend, const std::shared_ptr<grpc::ChannelCredentials>& credentials,
    std::size_t count);

// How often a channel asks a replica whether it is there, and how long the answer may take. Servers
// must allow it.
inline constexpr int kPingEveryMs = 2'000;
inline constexpr int kPingTimeoutMs = 2'000;

}  // namespace kkr::platform
