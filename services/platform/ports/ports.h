// What the modules of a site are built on, whichever profile it runs: embedded in one process, or
// as a cluster of processes. A service asks for nothing beyond this. Must outlive the modules.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "services/platform/follower/log_reader.h"
#include "services/platform/ports/region_watches.h"
#include "services/platform/region/region_logs.h"
#include "services/platform/settlement/settlement.h"
#include "services/platform/settlement/site_rest.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

class Ports {
 public:
  virtual ~Ports() = default;

  virtual Clock& clock() = 0;
  // The clock again when the site runs on the demo clock, else null.
  virtual DemoClock* demo_clock() = 0;
  // When the site is to be started: a demo site whose clock stands earlier was down until then.
  // nullopt when it goes on where it stood.
  virtual std::optional<absl::Time> demo_clock_asked() const = 0;

  // Reads every log of the site, this process's own and those of other services.
  virtual LogReader& logs() = 0;
  // Where what this process does by itself is reported.
  virtual Settlement& settlement() = 0;
  // What the whole site still has to do.
  virtual SiteRest& rest() = 0;

  // For the RegionLogs of `service`.
  virtual RegionPorts region_ports(const std::string& service) = 0;
  // Calls `known` with every region that `service` has a log of: with those this process knows of
  // before this returns, and with others from any thread when it learns of them, whoever added
  // them. Possibly with the same one again.
  [[nodiscard]] virtual std::unique_ptr<RegionWatch> when_known(const std::string& service,
                                                                RegionKnown known) = 0;
};

}  // namespace kkr::platform
