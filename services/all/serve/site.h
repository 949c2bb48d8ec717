// The modules of the embedded site, made and started in order of need.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/gateway.h"
#include "services/all/serve/serve_config.h"
#include "services/platform/administration/running_site.h"
#include "services/platform/embedded/embedded_ports.h"
#include "services/platform/event_log/event_log_service.h"
#include "services/platform/operations/process_probes.h"
#include "services/platform/process/process.h"

namespace kkr {

// The services in order of need: a service follows and asks only those before it.
const std::vector<std::string>& services_in_order();

class Site {
 public:
  // Starts every module in `process`, which must outlive the site and is stopped by its end, also
  // by that of a half made one. Throws std::runtime_error with a sentence when a module cannot
  // start.
  Site(const ServeConfig& config, const platform::SiteFolder& folder, platform::Process& process);

  // Where the gateway can be reached, such as http://127.0.0.1:8080.
  const std::string& url() const { return url_; }
  std::uint16_t http_port() const { return http_port_; }

 private:
  struct StopAtEnd {
    platform::Process& process;
    ~StopAtEnd() { process.stop(); }
  };

  // The channel to each service, by name.
  gateway::Channels start_services(const ServeConfig& config, platform::Process& process);
  void start_gateway(const ServeConfig& config, gateway::Channels channels,
                     platform::Process& process);
  void start_administration(platform::Process& process);

  platform::EmbeddedPorts ports_;
  platform::EventLogService event_log_;  // Of all services: their logs stand in one directory.
  platform::RunningSite administration_;
  platform::ProcessProbes probes_;
  std::string url_;
  std::uint16_t http_port_ = 0;
  const StopAtEnd stop_at_end_;  // Last: modules stop before what they are built on is gone.
};

}  // namespace kkr
