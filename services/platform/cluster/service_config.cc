#include "services/platform/cluster/service_config.h"

#include <unistd.h>

#include <array>

namespace kkr::platform {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "replica";
}

}  // namespace

void ServiceConfig::declare_postgres(Settings& settings) {
  settings.add("postgres", postgres,
               "How PostgreSQL is reached, as libpq takes it, without a password");
  settings.add("postgres-password-file", postgres_password_file,
               "The file that holds the password for it");
  settings.add("rehearse-version", rehearse_version,
               "To rehearse an upgrade: behave as a release that knows no fact newer than this "
               "version; 0 for the release that it is");
}

void ServiceConfig::declare(Settings& settings) {
  declare_postgres(settings);
  settings.add("postgres-connections-max", postgres_connections_max,
               "How many connections to it are open at most, 2 to 1000");
  settings.add("replica", replica,
               "The name of this process among those of its service, the same after a restart; "
               "the host's unless given");
  settings.add("grpc-advertise", grpc_advertise,
               "Where the other processes of the service reach this one; where it listens unless "
               "given");
  settings.add("demo-clock", demo_clock,
               "A new site begins at this instant and only the administrator moves its clock; "
               "given to every service alike");
  cluster.declare(settings);
}

void ServiceConfig::check(const std::vector<std::string>& asks, Problems& problems) const {
  cluster.check(asks, problems);
  if (postgres.empty()) problems.push_back("There is no PostgreSQL (--postgres).");
  if (postgres_connections_max < 2 || postgres_connections_max > 1000) {
    problems.push_back("There can be no " + std::to_string(postgres_connections_max) +
                       " connections; it may be 2 to 1000 (--postgres-connections-max).");
  }
  if (cluster.process.grpc_listen.empty()) {
    problems.push_back("There is no address to be reached at (--grpc-listen).");
  }
  absl::Time instant;
  std::string problem;
  if (!demo_clock.empty() && !absl::ParseTime(absl::RFC3339_full, demo_clock, &instant, &problem)) {
    problems.push_back("'" + demo_clock +
                       "' is not an instant such as 2013-01-23T08:00:00Z (--demo-clock).");
  }
}

PostgresSettings ServiceConfig::settings_of_postgres() const {
  return {.conninfo = postgres, .password_file = postgres_password_file};
}

PostgresPortsOptions ServiceConfig::ports_of(const std::string& service) const {
  PostgresPortsOptions options;
  options.service = service;
  options.replica = replica.empty() ? host_name() : replica;
  options.address = grpc_advertise.empty() ? cluster.process.grpc_listen : grpc_advertise;
  options.postgres = settings_of_postgres();
  options.connections_max = static_cast<std::size_t>(postgres_connections_max);
  absl::Time instant;
  std::string problem;
  if (absl::ParseTime(absl::RFC3339_full, demo_clock, &instant, &problem)) {
    options.demo_clock = instant;
  }
  return options;
}

}  // namespace kkr::platform
