#include "services/platform/process/process_config.h"

#include <array>
#include <optional>
#include <utility>

namespace kkr::platform {
namespace {

constexpr std::array<std::pair<std::string_view, LogLevel>, 4> kLevels = {
    {{"debug", LogLevel::kDebug},
     {"info", LogLevel::kInfo},
     {"warning", LogLevel::kWarning},
     {"error", LogLevel::kError}}};

std::optional<LogLevel> level_named(std::string_view name) {
  for (const auto& [known, level] : kLevels) {
    if (known == name) return level;
  }
  return std::nullopt;
}

// The host of `host:port`, `[host]:port` or `host`.
std::string_view host_of(std::string_view address) {
  if (!address.empty() && address.front() == '[') {
    return address.substr(1, address.find(']') - 1);
  }
  const std::size_t first = address.find(':');
  const bool has_port = first != std::string_view::npos && address.rfind(':') == first;
  return has_port ? address.substr(0, first) : address;
}

}  // namespace

void ProcessConfig::declare(Settings& settings) {
  settings.add("log-level", log_level,
               "The least level that is logged: debug, info, warning, error");
  settings.add("drain-seconds", drain_seconds,
               "How long calls under way may take to end after SIGTERM, 0 to 600");
  settings.add("grpc-listen", grpc_listen,
               "The address and port for gRPC over TCP; empty for none");
}

void ProcessConfig::check(Problems& problems, bool knows_callers) const {
  if (!level_named(log_level)) {
    problems.push_back("The log level is '" + log_level +
                       "'; it may be debug, info, warning or error (--log-level).");
  }
  if (drain_seconds < 0 || drain_seconds > 600) {
    problems.push_back("The drain time is " + std::to_string(drain_seconds) +
                       " s; it may be 0 to 600 (--drain-seconds).");
  }
  if (!knows_callers && !grpc_listen.empty() && !is_loopback(grpc_listen)) {
    problems.push_back("gRPC would listen on '" + grpc_listen +
                       "', which is not a loopback address: it has no authentication of its own "
                       "(--grpc-listen).");
  }
}

LogLevel ProcessConfig::least_level() const {
  return level_named(log_level).value_or(LogLevel::kInfo);
}

bool is_loopback(std::string_view address) {
  const std::string_view host = host_of(address);
  return host == "localhost" || host == "::1" ||
         (host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == host.npos);
}

}  // namespace kkr::platform
