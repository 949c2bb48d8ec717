#include "services/platform/follower/surviving_prefix.h"

#include <algorithm>

namespace kkr::platform {

std::optional<std::uint64_t> surviving_prefix(LogReader& reader, const LogSlice& present,
                                              const Checkpoint& seen) {
  if (present.previous_hash == seen.hash) return seen.position;
  std::uint64_t last = std::min(seen.position, present.head_position);
  while (last > 0) {
    const std::uint64_t first = last < kSliceMax ? 1 : last - kSliceMax + 2;
    const auto read = reader.read(seen.source, first, last - first + 1);
    const auto* const slice = std::get_if<LogSlice>(&read);
    if (slice == nullptr || slice->events.empty()) return std::nullopt;
    const auto found =
        std::find_if(slice->events.rbegin(), slice->events.rend(), [&](const RecordedEvent& event) {
          return event.generation == seen.generation && event.position <= last;
        });
    if (found != slice->events.rend()) {
      return found->position;
    }
    last = first - 1;
  }
  return 0;
}

}  // namespace kkr::platform
