// What a program that runs one service can be told. Checks itself; starts nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "services/platform/cluster/cluster_config.h"
#include "services/platform/cluster/postgres_ports.h"

namespace kkr::platform {

struct ServiceConfig {
  ClusterConfig cluster;
  std::string postgres;  // As libpq takes it, without a password.
  std::string postgres_password_file;
  int postgres_connections_max = 16;
  std::string replica;
  std::string grpc_advertise;
  std::string demo_clock;
  std::uint64_t rehearse_version = 0;  // 0: nothing is rehearsed.
  std::string backup;                  // Of an embedded site, to be imported.

  void declare(Settings& settings);
  // Only how PostgreSQL is reached, and as which release.
  void declare_postgres(Settings& settings);
  // Appends what is wrong; `asks` are the services whose addresses are needed.
  void check(const std::vector<std::string>& asks, Problems& problems) const;

  // Only after check() found nothing.
  PostgresSettings settings_of_postgres() const;
  PostgresPortsOptions ports_of(const std::string& service) const;
};

}  // namespace kkr::platform
