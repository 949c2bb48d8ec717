// What every process of ours can be told, whatever modules it runs.
#pragma once

#include <string>

#include "services/platform/log/log.h"
#include "services/platform/process/settings.h"

namespace kkr::platform {

struct ProcessConfig {
  std::string log_level = "info";  // debug, info, warning or error.
  int drain_seconds = 10;          // How long calls under way may take to end after SIGTERM.
  std::string grpc_listen;         // Such as 127.0.0.1:9090; empty: no TCP port for gRPC.

  void declare(Settings& settings);
  // Appends what is wrong. Where callers must show a certificate gRPC may listen anywhere.
  void check(Problems& problems, bool knows_callers = false) const;
  // Only after check() found nothing.
  LogLevel least_level() const;
};

// True for `127.0.0.0/8`, `::1` and `localhost`, with or without brackets and port.
bool is_loopback(std::string_view address);

}  // namespace kkr::platform
