// How a process of a cluster is watched: its operations port, and the subcommand that asks it.
#pragma once

#include <functional>

#include "services/platform/operations/operations_server.h"
#include "services/platform/operations/probes.h"
#include "services/platform/process/settings.h"

namespace kkr::platform {

// Serves what `probes` tell at `address` until it is destroyed; nothing when that is empty. Throws
// std::runtime_error with a sentence when it cannot be listened on.
class Operations {
 public:
  // `probes` must outlive this.
  Operations(Probes& probes, const std::string& address);

 private:
  OperationsServer server_;
};

// Adds the subcommand `probe`, which asks the process of this machine how it is. Call the result
// when it was given: the exit code, 0 when the process is well.
std::function<int()> declare_probe(CLI::App& app);

}  // namespace kkr::platform
