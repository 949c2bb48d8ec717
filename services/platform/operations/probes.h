// What a process tells of itself to whoever watches it; whoever runs the process implements it.
#pragma once

#include <optional>
#include <string>

namespace kkr::platform {

// Called from several threads at once; must not block.
class Probes {
 public:
  virtual ~Probes() = default;
  // Why the process should get no traffic now, in a sentence; nothing when it is ready.
  virtual std::optional<std::string> not_ready_because() = 0;
  // In Prometheus' text format.
  virtual std::string metrics() = 0;
};

}  // namespace kkr::platform
