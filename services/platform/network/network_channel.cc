#include "services/platform/network/network_channel.h"

#include <arpa/inet.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/support/client_interceptor.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

namespace kkr::platform {
namespace {

enum class Host { kName, kIpv4, kIpv6, kNone };

// Of `host:port`, where an IPv6 address stands in brackets.
Host host_of(std::string_view address) {
  const std::size_t colon = address.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == address.size())
    return Host::kNone;
  std::string host(address.substr(0, colon));
  in6_addr parsed{};
  if (inet_pton(AF_INET, host.c_str(), &parsed) == 1) return Host::kIpv4;
  if (host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
    return inet_pton(AF_INET6, host.c_str(), &parsed) == 1 ? Host::kIpv6 : Host::kNone;
  }
  return host.find(':') == std::string::npos ? Host::kName : Host::kNone;
}

// A replica is passed by for a while when more than nine of ten calls to it failed, so that a
// client's own mistakes do not count against it; never more than half of the replicas.
// `kkr.<service>` is what its server reports the health of.
std::string service_config(const std::string& service) {
  const nlohmann::json round_robin = {{"round_robin", nlohmann::json::object()}};
  const nlohmann::json outliers = {
      {"interval", "1s"},
      {"baseEjectionTime", "3s"},
      {"maxEjectionTime", "30s"},
      {"maxEjectionPercent", 50},
      {"failurePercentageEjection",
       {{"threshold", 90},
        {"enforcementPercentage", 100},
        {"minimumHosts", 2},
        {"requestVolume", 10}}},
      {"childPolicy", nlohmann::json::array({round_robin})},
  };
  const nlohmann::json config = {
      {"loadBalancingConfig",
       nlohmann::json::array({{{"outlier_detection_experimental", outliers}}, round_robin})},
      {"healthCheckConfig", {{"serviceName", "kkr." + service}}},
  };
  return config.dump();
}

grpc::ChannelArguments arguments_for(const std::string& service) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMessageBytesMax);
  arguments.SetMaxSendMessageSize(kMessageBytesMax);
  arguments.SetServiceConfigJSON(service_config(service));
  arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  // Its own connections, which another channel to the same address does not share.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);  // Whatever the environment says.
  // A stopped process keeps its connections; only unanswered pings tell.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, kPingEveryMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, kPingTimeoutMs);
  arguments.SetInt(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_PINGS_WITHOUT_DATA, 0);  // No limit.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1'000);  // How long an attempt may take.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1'000);
  arguments.SetInt(GRPC_ARG_DNS_MIN_TIME_BETWEEN_RESOLUTIONS_MS, 1'000);
  // Replicas have many addresses and one name.
  arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY, "kkr-" + service);
  arguments.SetSslTargetNameOverride("kkr-" + service);
  return arguments;
}

class MetadataSender final : public grpc::experimental::Interceptor {
 public:
  explicit MetadataSender(const std::map<std::string, std::string>& metadata)
      : metadata_(metadata) {}

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    using grpc::experimental::InterceptionHookPoints;
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_INITIAL_METADATA)) {
      methods->GetSendInitialMetadata()->insert(metadata_.begin(), metadata_.end());
    }
    methods->Proceed();
  }

 private:
  const std::map<std::string, std::string>& metadata_;
};

// Lives as long as its channel.
class MetadataSenders final : public grpc::experimental::ClientInterceptorFactoryInterface {
 public:
  explicit MetadataSenders(std::map<std::string, std::string> metadata)
      : metadata_(std::move(metadata)) {}

  grpc::experimental::Interceptor* CreateClientInterceptor(
      grpc::experimental::ClientRpcInfo*) override {
    return new MetadataSender(metadata_);  // gRPC takes it.
  }

 private:
  const std::map<std::string, std::string> metadata_;
};

}  // namespace

std::string target_of(const std::string& addresses) {
  if (addresses.rfind("unix:", 0) == 0 && addresses.size() > 5) return addresses;
  std::vector<Host> hosts;
  for (std::size_t at = 0; at <= addresses.size();) {
    const std::size_t end = std::min(addresses.find(',', at), addresses.size());
    hosts.push_back(host_of(std::string_view(addresses).substr(at, end - at)));
    at = end + 1;
  }
  const Host first = hosts.front();
  if (!std::all_of(hosts.begin(), hosts.end(), [first](Host host) { return host == first; }))
    return {};
  switch (first) {
    case Host::kName: return hosts.size() == 1 ? "dns:///" + addresses : "";
    case Host::kIpv4: return "ipv4:" + addresses;
    case Host::kIpv6: return "ipv6:" + addresses;
    case Host::kNone: break;
  }
  return {};
}

std::shared_ptr<grpc::Channel> network_channel(
    const Backend& backend, const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  const std::string target = target_of(backend.addresses);
  const grpc::ChannelArguments arguments = arguments_for(backend.service);
  if (backend.metadata.empty()) return grpc::CreateCustomChannel(target, credentials, arguments);
  std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> interceptors;
  interceptors.push_back(std::make_unique<MetadataSenders>(backend.metadata));
  return grpc::experimental::CreateCustomChannelWithInterceptors(target, credentials, arguments,
                                                                 std::move(interceptors));
}

std::vector<std::shared_ptr<grpc::Channel>> network_channels(
    const Backend& backend, const std::shared_ptr<grpc::ChannelCredentials>& credentials,
    std::size_t count) {
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (std::size_t i = 0; i < count; ++i) channels.push_back(network_channel(backend, credentials));
  return channels;
}

}  // namespace kkr::platform
