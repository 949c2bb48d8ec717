// A gateway that listens on a free port of this machine, before services that are doubles.
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "gateway/gateway.h"
#include "gateway/testing/backend_double.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::gateway {

class RunningGateway {
 public:
  explicit RunningGateway(Config config = {}, int invitees = 3)
      : RunningGateway(config, invitees, {}) {}
  // Some services behind other channels than the double's.
  RunningGateway(Config config, int invitees, const Channels& others,
                 std::unique_ptr<platform::Cache> cache = nullptr)
      : backend(invitees), bus(pool_) {
    config.port = 0;
    Channels channels = backend.channels();
    for (const auto& [service, channel] : others) channels[service] = channel;
    auto created = Gateway::create(config, std::move(channels), bus, probes, std::move(cache));
    if (!created.ok()) throw std::runtime_error(std::string(created.status().message()));
    gateway = *std::move(created);
    if (const auto status = gateway->start(); !status.ok())
      throw std::runtime_error(std::string(status.message()));
  }
  ~RunningGateway() { gateway->drain(std::chrono::seconds(5)); }

  std::uint16_t port() const { return gateway->port(); }

  // As if the consultation service's relay had published its newest event.
  void publish(std::uint64_t position, const std::string& region = "hovedstaden") {
    auto event = std::make_shared<platform::PublishedEvent>();
    event->service = "consultation";
    event->region = region;
    event->event.generation = "g";
    event->event.position = position;
    event->event.type = "round_closed";
    event->event.stream = "round-7";
    bus.publish(event, [](bool) {});
  }

  struct ProbesDouble : platform::Probes {
    std::optional<std::string> not_ready_because() override { return why_not; }
    std::string metrics() override { return "kkr_up 1\n"; }
    std::optional<std::string> why_not;
  };

 private:
  platform::WorkerPool pool_{1};

 public:
  BackendDouble backend;
  platform::InProcessBus bus;
  ProbesDouble probes;
  std::unique_ptr<Gateway> gateway;
};

}  // namespace kkr::gateway
