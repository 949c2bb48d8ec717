#include "services/platform/cluster/run_service.h"

#include <sys/stat.h>

#include <exception>
#include <iostream>
#include <vector>

#include "services/platform/appender/fact_versions.h"
#include "services/platform/cluster/import_service.h"
#include "services/platform/cluster/migrate_service.h"
#include "services/platform/cluster/operations.h"
#include "services/platform/cluster/raise_write_version.h"
#include "services/platform/cluster/running_service.h"
#include "services/platform/cluster/service_config.h"
#include "services/platform/cluster/verify_service.h"
#include "services/platform/network/credentials.h"

namespace kkr::platform {
namespace {

Problems problems_of(const ServiceProgram& program, const ServiceConfig& config) {
  Problems problems;
  config.check(program.asks, problems);
  if (program.check) program.check(problems);
  return problems;
}

int serve(const ServiceProgram& program, const ServiceConfig& config) {
  const Problems problems = problems_of(program, config);
  if (!problems.empty()) return report_config(problems);
  if (config.cluster.verify_config) {
    for (const std::string& warning : warnings_about(config.settings_of_postgres())) {
      std::cerr << "Warning: " << warning << "\n";
    }
    return report_config({});
  }
  Process process("kkr-" + program.service, config.cluster.process);
  RunningService running(program, config, process);
  process.listen(server_credentials(config.cluster.tls));
  return process.run_until_shutdown({});
}

int migrate(const ServiceProgram& program, const ServiceConfig& config) {
  migrate_service(program, config.settings_of_postgres());
  return 0;
}

int raise(const ServiceProgram& program, const ServiceConfig& config) {
  return raise_write_version(program.service, config.settings_of_postgres(), std::cout) ? 0 : 1;
}

int verify(const ServiceProgram& program, const ServiceConfig& config) {
  return verify_service(program.service, config.settings_of_postgres(), std::cout) ? 0 : 1;
}

int take_over(const ServiceProgram& program, const ServiceConfig& config) {
  return import_service(program, config.settings_of_postgres(), config.backup, std::cout) ? 0 : 1;
}

// What is done to the service's PostgreSQL beside serving from it.
struct Tool {
  CLI::App* subcommand;
  int (*run)(const ServiceProgram& program, const ServiceConfig& config);
};

std::vector<Tool> declare_tools(CLI::App& app, ServiceConfig& config) {
  std::vector<Tool> tools{
      {app.add_subcommand("migrate", "Brings the service's schema to what this program knows"),
       migrate},
      {app.add_subcommand("import",
                          "Takes over the service's logs from the backup of an embedded site; "
                          "exits 1 when one is not taken over"),
       take_over},
      {app.add_subcommand("verify", "Checks every row of the service's logs; exits 1 on damage"),
       verify},
      {app.add_subcommand("raise-write-version",
                          "Has the facts be written that this release brings; the release before "
                          "cannot read them"),
       raise}};
  for (const Tool& tool : tools) {
    Settings settings(*tool.subcommand);
    config.declare_postgres(settings);
  }
  app.get_subcommand("import")
      ->add_option("backup", config.backup, "The folder that `kkr admin backup` made")
      ->required();
  return tools;
}

int use(const Tool& tool, const ServiceProgram& program, const ServiceConfig& config) {
  if (config.postgres.empty()) return report_config({"There is no PostgreSQL (--postgres)."});
  return tool.run(program, config);
}

}  // namespace

int run_service(const ServiceProgram& program, int argc, const char* const* argv) {
  umask(S_IRWXG | S_IRWXO);  // Answers and persons stand in what is written: nobody else's to read.
  CLI::App app("The " + program.service + " service of KKR.", "kkr-" + program.service);
  app.require_subcommand(1);
  CLI::App* const serving =
      app.add_subcommand("serve", "Runs the service until it is told to stop");
  const auto probe = declare_probe(app);
  ServiceConfig config;
  Settings settings(*serving);
  config.declare(settings);
  if (program.declare) program.declare(settings);
  const std::vector<Tool> tools = declare_tools(app, config);
  if (const auto exit_code = parse_command_line(app, argc, argv)) return *exit_code;
  if (config.rehearse_version != 0) know_no_fact_newer_than(config.rehearse_version);
  try {
    if (app.got_subcommand("probe")) return probe();
    for (const Tool& tool : tools)
      if (tool.subcommand->parsed()) return use(tool, program, config);
    return serve(program, config);
  } catch (const std::exception& failure) {  // Start-up only: nothing throws once it runs.
    std::cerr << failure.what() << "\n";
    return 1;
  }
}

}  // namespace kkr::platform
