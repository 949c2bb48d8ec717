// Tells when a whole site has done everything that follows from what is recorded, in however many
// processes it runs. What a clock that is moved forward has to wait for.
#pragma once

#include <chrono>
#include <optional>

#include "absl/time/time.h"

namespace kkr::platform {

class SiteRest {
 public:
  using Deadline = std::chrono::steady_clock::time_point;
  virtual ~SiteRest() = default;

  // The earliest instant at which a service has something to do, past or future; nullopt when none
  // has. Where a clock that is moved forward has to stop.
  virtual std::optional<absl::Time> next_due() = 0;
  // Blocks until nothing moves any more: every follower has taken in all there is, no work due by
  // `instant` is left, and every errand is done. The clock must have reached it. False when the
  // deadline comes first.
  virtual bool await_rest(absl::Time instant, Deadline deadline) = 0;
};

}  // namespace kkr::platform
