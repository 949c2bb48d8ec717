#include "services/platform/cluster/service_channels.h"

#include <arpa/inet.h>
#include <netdb.h>

#include <array>
#include <set>
#include <sstream>

#include "services/platform/network/network_channel.h"

namespace kkr::platform {
namespace {

std::string written(const addrinfo& found, const std::string& port) {
  std::array<char, NI_MAXHOST> host{};
  if (getnameinfo(found.ai_addr, found.ai_addrlen, host.data(), host.size(), nullptr, 0,
                  NI_NUMERICHOST) != 0) {
    return {};
  }
  const std::string text = host.data();
  return (found.ai_family == AF_INET6 ? "[" + text + "]" : text) + ":" + port;
}

}  // namespace

std::vector<std::string> addresses_in(const std::string& list) {
  std::vector<std::string> addresses;
  std::istringstream in(list);
  for (std::string one; std::getline(in, one, ',');) {
    if (!one.empty()) addresses.push_back(one);
  }
  return addresses;
}

std::vector<std::string> replicas_at(const std::string& address) {
  if (address.rfind("unix:", 0) == 0) return {address};
  const std::size_t colon = address.rfind(':');
  if (colon == std::string::npos) return {};
  std::string host = address.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  const std::string port = address.substr(colon + 1);
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(host.c_str(), port.c_str(), &wanted, &found) != 0) return {};
  std::set<std::string> replicas;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    if (auto text = written(*each, port); !text.empty()) replicas.insert(std::move(text));
  }
  freeaddrinfo(found);
  return {replicas.begin(), replicas.end()};
}

std::shared_ptr<grpc::Channel> ServiceChannels::to(const std::string& service) {
  const auto found = addresses_.find(service);
  if (found == addresses_.end() || found->second.empty()) return nullptr;
  return kept(service, found->second);
}

std::vector<std::shared_ptr<grpc::Channel>> ServiceChannels::several(const std::string& service,
                                                                     std::size_t count) {
  const auto found = addresses_.find(service);
  if (found == addresses_.end() || found->second.empty()) return {};
  return network_channels({service, found->second, metadata_}, credentials_, count);
}

std::vector<std::shared_ptr<grpc::Channel>> ServiceChannels::to_each(const std::string& service) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  const auto found = addresses_.find(service);
  if (found == addresses_.end()) return channels;
  for (const std::string& address : addresses_in(found->second)) {
    for (const std::string& replica : replicas_at(address)) {
      channels.push_back(kept(service, replica));
    }
  }
  return channels;
}

std::shared_ptr<grpc::Channel> ServiceChannels::to_replica(const std::string& service,
                                                           const std::string& address) {
  return kept(service, address);
}

std::vector<std::string> ServiceChannels::services() const {
  std::vector<std::string> services;
  for (const auto& [service, addresses] : addresses_) {
    if (!addresses.empty()) services.push_back(service);
  }
  return services;
}

std::shared_ptr<grpc::Channel> ServiceChannels::kept(const std::string& service,
                                                     const std::string& address) {
  const std::lock_guard lock(mutex_);
  auto& channel = channels_[address];
  if (channel == nullptr) channel = network_channel({service, address, metadata_}, credentials_);
  return channel;
}

}  // namespace kkr::platform
