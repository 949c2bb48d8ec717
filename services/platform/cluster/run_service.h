// A service as a program of its own: its module, what it is built on, and what the other processes
// of the site ask it. What the `main` of a service is made of.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "services/platform/cluster/postgres_ports.h"
#include "services/platform/cluster/service_channels.h"
#include "services/platform/import/import_log.h"
#include "services/platform/ports/ports.h"
#include "services/platform/postgres/postgres_schema.h"
#include "services/platform/process/module.h"
#include "services/platform/process/settings.h"

namespace kkr::platform {

// What a module of a service can be made of.
struct ServiceSite {
  Ports& ports;
  ServiceChannels& channels;
  PostgresPorts& own;
};

struct ServiceProgram {
  std::string service;            // `consultation`; the program is `kkr-consultation`.
  std::vector<std::string> asks;  // The services it asks or follows, in order of need.
  std::function<Module(ServiceSite&)> make_module;
  // Settings of the service's own, and what is wrong with them; may be empty.
  std::function<void(Settings&)> declare{};
  std::function<void(Problems&)> check{};
  // What the service keeps in PostgreSQL beside its logs.
  std::vector<PostgresMigrations> migrations{};
  // How that is taken over from an embedded site, which keeps it in files beside its logs; may be
  // empty.
  ImportCompanion import_companion{};
};

// Reads the command line and runs the subcommand it names. `serve` runs until SIGTERM or SIGINT;
// `migrate` brings the service's schema to what this program knows, `raise-write-version` what may
// be written to its logs, and `import` takes over those of an embedded site. Returns the exit code:
// 0 after a drain, 2 when the settings are wrong, 1 when it cannot start; the latter two with a
// sentence on standard error.
int run_service(const ServiceProgram& program, int argc, const char* const* argv);

}  // namespace kkr::platform
