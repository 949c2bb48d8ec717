// `kkr serve`: runs the whole site in this process until SIGTERM or SIGINT.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "services/all/serve/serve_config.h"
#include "services/all/subcommand.h"

namespace kkr {

Subcommand declare_serve(CLI::App& app);

// Where a site can be reached.
struct SiteAddress {
  std::string http_url;
  std::uint16_t http_port = 0;
  std::string grpc;  // Empty when gRPC has no TCP port.
};

// Calls `ready`, which must return at once, when the site serves. Returns the exit code: 0 after a
// drain, 2 when the settings are wrong. Throws std::runtime_error with a sentence when the site
// cannot start.
int serve(const ServeConfig& config, const std::function<void(const SiteAddress&)>& ready);

}  // namespace kkr
