// What the site tells of itself at /readyz and /metrics.
#pragma once

#include <optional>
#include <string>

#include "gateway/http/probes.h"
#include "services/platform/process/readiness.h"
#include "services/platform/region/log_directory.h"

namespace kkr {

class Probes final : public gateway::http::Probes {
 public:
  // Both must outlive the probes.
  Probes(const platform::Readiness& readiness, const platform::LogDirectory& directory)
      : readiness_(readiness), directory_(directory) {}

  std::optional<std::string> not_ready_because() override { return readiness_.not_ready_because(); }
  // The process's metrics and, for each log, where it ends and whether it is read-only.
  std::string metrics() override;

 private:
  const platform::Readiness& readiness_;
  const platform::LogDirectory& directory_;
};

}  // namespace kkr
