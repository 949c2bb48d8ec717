#include "services/all/serve/serve_config.h"

#include <filesystem>

#include "gateway/http/listen_policy.h"
#include "gateway/program/http_address.h"
#include "services/platform/embedded/site_folder.h"

namespace kkr {
namespace {

// As long as the path of a socket file may be, with the zero at its end.
constexpr std::size_t kSocketPathMax = 108;

std::optional<absl::Time> parse_instant(const std::string& text) {
  absl::Time instant;
  std::string problem;
  if (!absl::ParseTime(absl::RFC3339_full, text, &instant, &problem)) return std::nullopt;
  return instant;
}

void check_data_folder(const std::string& data, platform::Problems& problems) {
  if (data.empty()) return problems.push_back("There is no data folder (--data).");
  const auto socket = platform::SiteFolder::admin_socket_of(std::filesystem::absolute(data));
  if (socket.string().size() < kSocketPathMax) return;
  problems.push_back("The path of the data folder is too long for the socket file in it: " +
                     socket.string() + " (--data).");
}

}  // namespace

void ServeConfig::declare(platform::Settings& settings) {
  settings.add("data", data, "The folder that holds everything; made when it is missing");
  settings.add("anchor", anchor,
               "The file that tells a log was cut short; beside the data folder unless given");
  settings.add("http-listen", http_listen, "Where the gateway listens; port 0 takes a free one");
  settings.add_switch("behind-authenticating-proxy", behind_authenticating_proxy,
                      "Something in front of the gateway checks who calls");
  settings.add("demo-clock", demo_clock,
               "A new site begins at this instant and only the administrator moves its clock; one "
               "whose clock stands earlier was down until then");
  settings.add("batch-commands-max", batch_commands_max,
               "How many commands may share a transaction, 1 to 4096");
  settings.add_switch("verify-config", verify_config,
                      "Say what is wrong with the settings and end");
  notification.declare(settings);
  process.declare(settings);
}

platform::Problems ServeConfig::problems() const {
  platform::Problems problems;
  process.check(problems);
  notification.check(problems);
  check_data_folder(data, problems);
  const auto address = gateway::parse_http_address(http_listen);
  if (!address) {
    problems.push_back("'" + http_listen + "' is not an address and a port (--http-listen).");
  } else if (auto refusal =
                 gateway::http::refusal_to_listen(address->host, behind_authenticating_proxy)) {
    problems.push_back(*std::move(refusal));
  }
  if (!demo_clock.empty() && !parse_instant(demo_clock)) {
    problems.push_back("'" + demo_clock +
                       "' is not an instant such as 2013-01-23T08:00:00Z (--demo-clock).");
  }
  if (batch_commands_max < 1 || batch_commands_max > 4096) {
    problems.push_back("A batch of " + std::to_string(batch_commands_max) +
                       " commands is not possible; it may be 1 to 4096 (--batch-commands-max).");
  }
  return problems;
}

std::optional<absl::Time> ServeConfig::demo_clock_start() const {
  return demo_clock.empty() ? std::nullopt : parse_instant(demo_clock);
}

std::string ServeConfig::http_host() const {
  return gateway::parse_http_address(http_listen).value_or(gateway::HttpAddress{}).host;
}

std::uint16_t ServeConfig::http_port() const {
  return gateway::parse_http_address(http_listen).value_or(gateway::HttpAddress{}).port;
}

std::string anchor_path(const std::string& data, const std::string& given) {
  if (!given.empty()) return std::filesystem::absolute(given).string();
  auto folder = std::filesystem::absolute(data).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();
  return folder.string() + ".anchor";
}

}  // namespace kkr
