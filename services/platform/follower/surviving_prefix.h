// Finds how much of a log that was restored is still what a follower took in from it.
#pragma once

#include <optional>

#include "services/platform/follower/log_reader.h"

namespace kkr::platform {

// The last position up to which the log still holds what was taken in when `seen` was its newest
// event. `present` is a slice read from the position after `seen`. Within one generation an event
// is never replaced, so the last event of `seen`'s generation is the answer; 0 when none is left.
// nullopt when the log cannot be read.
std::optional<std::uint64_t> surviving_prefix(LogReader& reader, const LogSlice& present,
                                              const Checkpoint& seen);

}  // namespace kkr::platform
