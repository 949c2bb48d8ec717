// What `kkr serve` can be told. Checks itself; starts nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "services/notification/config.h"
#include "services/platform/process/process_config.h"

namespace kkr {

struct ServeConfig {
  platform::ProcessConfig process;
  notification::Config notification;
  std::string data = "site";  // The folder that holds everything.
  std::string anchor;         // The anchor file; see anchor_path().
  std::string http_listen = "127.0.0.1:8080";
  std::string demo_clock;
  bool behind_authenticating_proxy = false;
  bool verify_config = false;
  std::size_t batch_commands_max = 512;

  void declare(platform::Settings& settings);
  // What is wrong, in sentences.
  platform::Problems problems() const;

  // Only after problems() found nothing.
  std::optional<absl::Time> demo_clock_start() const;
  std::string http_host() const;
  std::uint16_t http_port() const;
};

// The anchor file of the site in `data`: `given`, or when that is empty the file beside the folder
// that is named like it with `.anchor` behind.
std::string anchor_path(const std::string& data, const std::string& given);

}  // namespace kkr
