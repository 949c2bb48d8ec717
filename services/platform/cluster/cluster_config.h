// What every process of a cluster can be told, a service or the gateway: where the others are, and
// how they know each other. Checks itself; starts nothing.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/platform/bus/bus.h"
#include "services/platform/cluster/service_channels.h"
#include "services/platform/network/tls_files.h"
#include "services/platform/process/process_config.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

// The services of a site, in order of need: a service follows and asks only those before it.
const std::vector<std::string>& services_in_order();

struct ClusterConfig {
  ProcessConfig process;
  ServiceChannels::Addresses addresses;  // Of every service.
  TlsFiles tls;
  std::string operations_listen;  // Empty: nobody may look.
  std::string nats;               // URLs with commas in between.
  std::string nats_user;
  std::string nats_password_file;
  int nats_copies = 1;
  bool verify_config = false;

  ClusterConfig();
  void declare(Settings& settings);
  // Appends what is wrong; `asks` are the services whose addresses are needed.
  void check(const std::vector<std::string>& asks, Problems& problems) const;

  // Connects to the bus; does not wait for it. `name` is shown to the operators of the bus. Throws
  // std::runtime_error with a sentence when the settings cannot be used.
  std::unique_ptr<Bus> make_bus(const std::string& name, WorkerPool& pool) const;
};

}  // namespace kkr::platform
