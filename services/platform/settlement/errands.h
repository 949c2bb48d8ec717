// What a service does by itself beside its log, such as sending: work that a site at rest has done,
// and instants at which a clock that is moved forward has to stop.
#pragma once

#include <functional>
#include <optional>

#include "absl/time/time.h"

namespace kkr::platform {

class Errands {
 public:
  virtual ~Errands() = default;

  // The next instant at which there will be something to do, by the site's clock; it may lie in the
  // past. nullopt: none unless something happens first. From any thread.
  virtual std::optional<absl::Time> next_due() const = 0;
  // Calls `rested` once, from any thread, when everything due by `instant` has been tried. What is
  // to be tried again later counts as tried.
  virtual void when_rested(absl::Time instant, std::function<void()> rested) = 0;
};

}  // namespace kkr::platform
