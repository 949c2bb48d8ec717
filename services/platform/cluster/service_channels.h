// The ways to the services that run in other processes: one channel that goes to any replica of a
// service, and one for each replica to whoever must reach them all.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/security/credentials.h>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/network/credentials.h"

namespace kkr::platform {

class ServiceChannels {
 public:
  // By service: `host:port`, `unix:path`, or several of them with commas in between.
  using Addresses = std::map<std::string, std::string, std::less<>>;

  // What is sent with every call.
  using Metadata = std::map<std::string, std::string>;

  // Every channel shows and asks for a certificate where there are files of them.
  ServiceChannels(Addresses addresses, const TlsFiles& tls, Metadata metadata = {})
      : addresses_(std::move(addresses)),
        credentials_(channel_credentials(tls)),
        metadata_(std::move(metadata)) {}

  // To any replica of the service; null for a service without an address.
  std::shared_ptr<grpc::Channel> to(const std::string& service);
  // Several of the same, each with connections of its own; none for a service without an address.
  std::vector<std::shared_ptr<grpc::Channel>> several(const std::string& service,
                                                      std::size_t count);
  // To each replica there is now: a name is looked up again at each call. Blocks meanwhile.
  std::vector<std::shared_ptr<grpc::Channel>> to_each(const std::string& service);
  // To the replica of the service that is reached there.
  std::shared_ptr<grpc::Channel> to_replica(const std::string& service, const std::string& address);
  // The services that have an address, in order of names.
  std::vector<std::string> services() const;

 private:
  std::shared_ptr<grpc::Channel> kept(const std::string& service, const std::string& address);

  const Addresses addresses_;
  const std::shared_ptr<grpc::ChannelCredentials> credentials_;
  const Metadata metadata_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;  // By address.
};

// What a list with commas holds.
std::vector<std::string> addresses_in(const std::string& list);
// `host:port` as every `ip:port` the host has now; nothing when it has none. `unix:path` as it is.
std::vector<std::string> replicas_at(const std::string& address);

}  // namespace kkr::platform
