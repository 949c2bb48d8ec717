#include "services/all/subcommand.h"

#include <sys/stat.h>

#include <exception>
#include <iostream>

#include "services/all/admin/admin.h"
#include "services/all/demo/demo.h"
#include "services/all/probe.h"
#include "services/all/serve/serve.h"
#include "services/platform/process/settings.h"

namespace kkr {

std::vector<Subcommand> declare_subcommands(CLI::App& app) {
  app.require_subcommand(1);
  std::vector<Subcommand> subcommands{declare_serve(app), declare_demo(app), declare_probe(app)};
  for (Subcommand& administration : declare_admin(app)) {
    subcommands.push_back(std::move(administration));
  }
  return subcommands;
}

int run(CLI::App& app, const std::vector<Subcommand>& subcommands, int argc,
        const char* const* argv) {
  umask(S_IRWXG | S_IRWXO);  // Answers and persons stand in what is written: nobody else's to read.
  if (const auto exit_code = platform::parse_command_line(app, argc, argv)) return *exit_code;
  try {
    for (const Subcommand& subcommand : subcommands) {
      if (subcommand.app->parsed()) return subcommand.run();
    }
  } catch (const std::exception& failure) {  // Start-up only: nothing throws once it runs.
    std::cerr << failure.what() << "\n";
  }
  return 1;
}

}  // namespace kkr
