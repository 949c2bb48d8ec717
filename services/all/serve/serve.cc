#include "services/all/serve/serve.h"

#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "services/all/serve/site.h"
#include "services/platform/process/process.h"

namespace kkr {

Subcommand declare_serve(CLI::App& app) {
  CLI::App* subcommand = app.add_subcommand("serve", "Runs the site until it is told to stop");
  auto config = std::make_shared<ServeConfig>();
  platform::Settings settings(*subcommand);
  config->declare(settings);
  return {subcommand, [config] {
            return serve(*config, [](const SiteAddress& address) {
              std::cout << "KKR is ready at " << address.http_url << "\n" << std::flush;
            });
          }};
}

int serve(const ServeConfig& config, const std::function<void(const SiteAddress&)>& ready) {
  const platform::Problems problems = config.problems();
  if (config.verify_config || !problems.empty()) return platform::report_config(problems);
  auto opened = platform::SiteFolder::open(config.data, config.demo_clock_start());
  if (auto* sentence = std::get_if<std::string>(&opened)) throw std::runtime_error(*sentence);
  const auto folder = std::get<std::unique_ptr<platform::SiteFolder>>(std::move(opened));

  platform::Process process("kkr", config.process);
  Site site(config, *folder, process);
  const SiteAddress address{site.url(), site.http_port(), process.listen()};
  return process.run_until_shutdown([&] {
    folder->announce(address.http_url, address.grpc);
    ready(address);
  });
}

}  // namespace kkr
