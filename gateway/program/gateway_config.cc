#include "gateway/program/gateway_config.h"

#include "gateway/http/listen_policy.h"

namespace kkr::gateway {

void GatewayConfig::declare(platform::Settings& settings) {
  settings.add("http-listen", http_listen, "Where the gateway listens; port 0 takes a free one");
  settings.add_switch("behind-authenticating-proxy", behind_authenticating_proxy,
                      "Something in front of the gateway checks who calls");
  settings.add("redis", redis,
               "The socket file of the Redis that keeps replies; empty for this process's memory");
  cluster.declare(settings);
}

platform::Problems GatewayConfig::problems() const {
  platform::Problems problems;
  cluster.check(platform::services_in_order(), problems);
  const auto address = parse_http_address(http_listen);
  if (!address) {
    problems.push_back("'" + http_listen + "' is not an address and a port (--http-listen).");
  } else if (auto refusal = http::refusal_to_listen(address->host, behind_authenticating_proxy)) {
    problems.push_back(*std::move(refusal));
  }
  return problems;
}

}  // namespace kkr::gateway
