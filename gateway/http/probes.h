// What the process tells of itself through the gateway; whoever runs the gateway implements it.
#pragma once

#include <optional>
#include <string>

namespace kkr::gateway::http {

// Called from several threads at once; must not block.
class Probes {
 public:
  virtual ~Probes() = default;
  // Why the process should get no traffic now, in a sentence; nothing when it is ready.
  virtual std::optional<std::string> not_ready_because() = 0;
  // In Prometheus' text format.
  virtual std::string metrics() = 0;
};

}  // namespace kkr::gateway::http
