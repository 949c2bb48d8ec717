#include "services/platform/cluster/running_service.h"

#include <chrono>
#include <stdexcept>
#include <utility>

#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/log_position.h"

namespace kkr::platform {
namespace {

constexpr auto kStartMax = std::chrono::seconds(60);

}  // namespace

RunningService::RunningService(const ServiceProgram& program, const ServiceConfig& config,
                               Process& process)
    : channels_(config.cluster.addresses, config.cluster.tls, {{kMinPositionKey, kNewest}}),
      own_(config.ports_of(program.service), channels_,
           [&](WorkerPool& pool) {
             return config.cluster.make_bus("kkr-" + program.service, pool);
           }),
      ports_(program.service, own_, own_.directory(), channels_, services_in_order()),
      event_log_(own_.directory(), own_.settlement(), own_.clock(),
                 [this](const std::string& log) { return own_.settlement().led().contains(log); }),
      cluster_(own_, ports_.watch()),
      probes_(process.readiness(), own_.directory()),
      operations_(probes_, config.cluster.operations_listen),
      stop_at_end_{process, ports_.watch()} {
  own_.check_version();
  go_by_the_clock_of(program.asks);
  ServiceSite site{ports_, channels_, own_};
  Module module = program.make_module(site);
  module.serve_grpc(event_log_);
  module.serve_grpc(cluster_);
  process.add(std::move(module));
  process.before_stop([this] { own_.hand_over(); });
  ports_.watch().start();
}

void RunningService::go_by_the_clock_of(const std::vector<std::string>& services) {
  if (own_.demo_clock() == nullptr || services.empty()) return;
  if (!ports_.watch().await(services.front(), std::chrono::steady_clock::now() + kStartMax)) {
    throw std::runtime_error("The " + services.front() +
                             " service, which holds the time, does not answer.");
  }
}

}  // namespace kkr::platform
