// What `kkr-gateway` can be told. Checks itself; starts nothing.
#pragma once

#include <string>

#include "gateway/program/http_address.h"
#include "services/platform/cluster/cluster_config.h"

namespace kkr::gateway {

struct GatewayConfig {
  platform::ClusterConfig cluster;
  std::string http_listen = "127.0.0.1:8080";
  bool behind_authenticating_proxy = false;
  std::string redis;  // The path of a socket file; empty: replies are kept in memory.

  void declare(platform::Settings& settings);
  // What is wrong, in sentences.
  platform::Problems problems() const;
};

}  // namespace kkr::gateway
