// `kkr-gateway`: the gateway as a program of its own, before services that run elsewhere.
#pragma once

namespace kkr::gateway {

// Runs until SIGTERM or SIGINT. Returns the exit code: 0 after a drain, 2 when the settings are
// wrong, 1 when it cannot start; the latter two with a sentence on standard error.
int run_gateway(int argc, const char* const* argv);

}  // namespace kkr::gateway
