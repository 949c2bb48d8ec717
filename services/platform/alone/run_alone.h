// A service as a program of its own: one module on its own data folder, reached over gRPC only.
// What a `main` of a service is made of.
#pragma once

#include <functional>
#include <string>

#include "services/platform/embedded/embedded_ports.h"
#include "services/platform/process/module.h"

namespace kkr::platform {

// Runs the module until SIGTERM or SIGINT, together with the EventLogService through which other
// processes follow it. The settings are those of ProcessConfig, `--data` and `--verify-config`.
// Returns the exit code: 0 after a drain, 2 when the settings are wrong, 1 when it cannot start;
// the latter two with a sentence on standard error.
int run_alone(const std::string& program, int argc, const char* const* argv,
              const std::function<Module(EmbeddedPorts&)>& make_module);

}  // namespace kkr::platform
