#include "gateway/program/run_gateway.h"

#include <chrono>
#include <cstddef>
#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "gateway/program/gateway_config.h"
#include "gateway/program/gateway_module.h"
#include "services/platform/cache/redis_cache.h"
#include "services/platform/cluster/operations.h"
#include "services/platform/metrics/metrics.h"
#include "services/platform/process/process.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::gateway {
namespace {

class GatewayProbes final : public platform::Probes {
 public:
  explicit GatewayProbes(const platform::Readiness& readiness) : readiness_(readiness) {}

  std::optional<std::string> not_ready_because() override { return readiness_.not_ready_because(); }
  std::string metrics() override { return platform::metrics_text(); }

 private:
  const platform::Readiness& readiness_;
};

// To each service: one connection carries so many calls at a time, and no more.
constexpr std::size_t kChannels = 2;
// A region changes hands within 3 s of a process's end.
constexpr Repeats kRepeats{.reads = std::chrono::seconds(3), .commands = std::chrono::seconds(8)};

Config settings_of(const GatewayConfig& config) {
  const auto address = parse_http_address(config.http_listen).value_or(HttpAddress{});
  Config settings;
  settings.address = address.host;
  settings.port = address.port;
  settings.behind_authenticating_proxy = config.behind_authenticating_proxy;
  settings.repeats = kRepeats;
  settings.services_have_replicas = true;
  return settings;
}

// Null: the gateway's own.
std::unique_ptr<platform::Cache> cache_of(const GatewayConfig& config) {
  if (config.redis.empty()) return nullptr;
  return std::make_unique<platform::RedisCache>(platform::RedisOptions{.socket = config.redis});
}

int serve(const GatewayConfig& config) {
  platform::Process process("kkr-gateway", config.cluster.process);
  platform::WorkerPool pool(2);
  const auto bus = config.cluster.make_bus("kkr-gateway", pool);
  platform::ServiceChannels channels(config.cluster.addresses, config.cluster.tls);
  GatewayProbes probes(process.readiness());
  const platform::Operations operations(probes, config.cluster.operations_listen);
  Channels ways;
  for (const std::string& service : channels.services()) {
    ways[service] = channels.several(service, kChannels);
  }
  Config settings = settings_of(config);
  auto created = Gateway::create(settings, std::move(ways), *bus, probes, cache_of(config));
  if (!created.ok()) throw std::runtime_error(std::string(created.status().message()));
  Gateway& gateway = **created;
  process.add(make_module(*std::move(created)));
  const int exit_code = process.run_until_shutdown([&] {
    std::cout << "KKR is ready at " << url_of({settings.address, gateway.port()}) << "\n"
              << std::flush;
  });
  process.stop();  // Before what it is built on is gone.
  return exit_code;
}

}  // namespace

int run_gateway(int argc, const char* const* argv) {
  CLI::App app("The gateway of KKR: the only part that faces the public.", "kkr-gateway");
  app.require_subcommand(1);
  CLI::App* const serving =
      app.add_subcommand("serve", "Runs the gateway until it is told to stop");
  const auto probe = platform::declare_probe(app);
  GatewayConfig config;
  platform::Settings settings(*serving);
  config.declare(settings);
  if (const auto exit_code = platform::parse_command_line(app, argc, argv)) return *exit_code;
  if (app.got_subcommand("probe")) return probe();
  const platform::Problems problems = config.problems();
  if (config.cluster.verify_config || !problems.empty()) return platform::report_config(problems);
  try {
    return serve(config);
  } catch (const std::exception& failure) {  // Start-up only: nothing throws once it runs.
    std::cerr << failure.what() << "\n";
    return 1;
  }
}

}  // namespace kkr::gateway
