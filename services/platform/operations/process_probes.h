// What a process with event logs tells of itself at /readyz and /metrics.
#pragma once

#include <optional>
#include <string>

#include "services/platform/operations/probes.h"
#include "services/platform/process/readiness.h"
#include "services/platform/region/log_directory.h"

namespace kkr::platform {

class ProcessProbes final : public Probes {
 public:
  // Both must outlive the probes.
  ProcessProbes(const Readiness& readiness, const LogDirectory& directory)
      : readiness_(readiness), directory_(directory) {}

  std::optional<std::string> not_ready_because() override { return readiness_.not_ready_because(); }
  // The process's metrics and, for each log, where it ends and whether it is read-only.
  std::string metrics() override;

 private:
  const Readiness& readiness_;
  const LogDirectory& directory_;
};

}  // namespace kkr::platform
