#include "services/platform/alone/run_alone.h"

#include <exception>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "services/platform/event_log/event_log_service.h"
#include "services/platform/process/process.h"

namespace kkr::platform {
namespace {

struct Config {
  ProcessConfig process;
  std::string data = "site";
  bool verify_config = false;

  Problems problems() const {
    Problems problems;
    process.check(problems);
    if (data.empty()) problems.push_back("There is no data folder (--data).");
    if (process.grpc_listen.empty()) {
      problems.push_back("There is no address to be reached at (--grpc-listen).");
    }
    return problems;
  }
};

int serve(const std::string& program, const Config& config,
          const std::function<Module(EmbeddedPorts&)>& make_module) {
  auto opened = SiteFolder::open(config.data, std::nullopt);
  if (auto* sentence = std::get_if<std::string>(&opened)) throw std::runtime_error(*sentence);
  const auto folder = std::get<std::unique_ptr<SiteFolder>>(std::move(opened));
  EmbeddedPorts ports(*folder, {});
  EventLogService event_log(ports.directory(), ports.settlement(), ports.clock());
  Process process(program, config.process);
  Module module = make_module(ports);
  module.serve_grpc(event_log);
  process.add(std::move(module));
  const std::string address = process.listen();
  return process.run_until_shutdown([&] { folder->announce("", address); });
}

}  // namespace

int run_alone(const std::string& program, int argc, const char* const* argv,
              const std::function<Module(EmbeddedPorts&)>& make_module) {
  CLI::App app("One service of KKR, alone.", program);
  Config config;
  Settings settings(app);
  settings.add("data", config.data, "The folder that holds everything; made when it is missing");
  settings.add_switch("verify-config", config.verify_config,
                      "Say what is wrong with the settings and end");
  config.process.declare(settings);
  if (const auto exit_code = parse_command_line(app, argc, argv)) return *exit_code;
  const Problems problems = config.problems();
  if (config.verify_config || !problems.empty()) return report_config(problems);
  try {
    return serve(program, config, make_module);
  } catch (const std::exception& failure) {  // Start-up only: nothing throws once it runs.
    std::cerr << failure.what() << "\n";
    return 1;
  }
}

}  // namespace kkr::platform
