#include "services/platform/cluster/operations.h"

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>

#include "services/platform/operations/ask_probe.h"

namespace kkr::platform {
namespace {

struct ProbeConfig {
  std::string operations_listen;
  bool ready = false;
};

int probe(const ProbeConfig& config) {
  const auto problem = ask_probe(config.operations_listen, config.ready ? "/readyz" : "/healthz");
  if (!problem) return 0;
  std::cerr << *problem << "\n";
  return 1;
}

}  // namespace

Operations::Operations(Probes& probes, const std::string& address) : server_(probes) {
  if (address.empty()) return;
  if (const auto sentence = server_.start(address)) throw std::runtime_error(*sentence);
}

std::function<int()> declare_probe(CLI::App& app) {
  CLI::App* subcommand =
      app.add_subcommand("probe",
                         "Asks the process of this machine how it is; fails when it is "
                         "not well");
  auto config = std::make_shared<ProbeConfig>();
  Settings settings(*subcommand);
  settings.add("operations-listen", config->operations_listen, "Where the process is watched");
  settings.add_switch("ready", config->ready, "Ask whether it is ready, not only whether it lives");
  return [config] { return probe(*config); };
}

}  // namespace kkr::platform
