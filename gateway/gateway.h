// The gateway as one object: the only part of KKR that faces the public. It needs the channels that
// lead to the services and a bus that tells what happens; it keeps no truth of its own.
//
//   auto gateway = Gateway::create(config, channels, bus, probes);
//   if (!gateway.ok()) ...                      // The sentence says what to do.
//   if (auto status = (*gateway)->start(); !status.ok()) ...
//   (*gateway)->drain(grace);                   // Before the services behind it stop.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "gateway/backend/grpc_caller.h"
#include "gateway/http/limits.h"
#include "services/platform/bus/bus.h"
#include "services/platform/cache/cache.h"
#include "services/platform/operations/probes.h"

namespace kkr::gateway {

struct Config {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 takes a free one.
  // Somebody in front signs people in and sets KKR-Actor. Without, only loopback is listened on.
  bool behind_authenticating_proxy = false;
  unsigned threads = 2;
  std::size_t cache_bytes = 64 * 1024 * 1024;
  Repeats repeats;  // None where the services run in this process.
  // A replica of a service that has not seen yet what this gateway knows of must look first.
  bool services_have_replicas = false;
  http::Limits limits;
};

class Gateway {
 public:
  // Builds the routes and the description. `bus` and `probes` must outlive the gateway. Fails when
  // the address may not be listened on or the descriptors do not fit together.
  static absl::StatusOr<std::unique_ptr<Gateway>> create(const Config& config, Channels channels,
                                                         platform::Bus& bus,
                                                         platform::Probes& probes);
  // As above with another cache than the one in memory; null for that.
  static absl::StatusOr<std::unique_ptr<Gateway>> create(const Config& config, Channels channels,
                                                         platform::Bus& bus,
                                                         platform::Probes& probes,
                                                         std::unique_ptr<platform::Cache> cache);
  ~Gateway();

  // Listens and serves. UNAVAILABLE with a sentence when it cannot.
  absl::Status start();
  // The port listened on.
  std::uint16_t port() const;
  // Takes no new connection, finishes the requests in flight, ends streams, and cuts off what is
  // left after `grace`. The services must still be there. Safe to repeat.
  void drain(std::chrono::milliseconds grace);

  // The OpenAPI document that is served.
  const std::string& openapi() const;

 private:
  struct Parts;
  explicit Gateway(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace kkr::gateway
