#include "services/all/probe.h"

#include <iostream>
#include <memory>
#include <string>

#include "services/all/serve/serve_config.h"
#include "services/platform/operations/ask_probe.h"
#include "services/platform/process/settings.h"

namespace kkr {
namespace {

struct ProbeConfig {
  std::string http_listen = ServeConfig().http_listen;
  bool ready = false;
};

int probe(const ProbeConfig& config) {
  const auto problem =
      platform::ask_probe(config.http_listen, config.ready ? "/readyz" : "/healthz");
  if (!problem) return 0;
  std::cerr << *problem << "\n";
  return 1;
}

}  // namespace

Subcommand declare_probe(CLI::App& app) {
  CLI::App* subcommand =
      app.add_subcommand("probe", "Asks the site of this machine how it is; fails when it is not");
  auto config = std::make_shared<ProbeConfig>();
  platform::Settings settings(*subcommand);
  settings.add("http-listen", config->http_listen, "Where the site listens");
  settings.add_switch("ready", config->ready, "Ask whether it is ready, not only whether it lives");
  return {subcommand, [config] { return probe(*config); }};
}

}  // namespace kkr
