// A place in a log as it travels between client and service: `service/region/generation/position`.
#pragma once

#include <grpcpp/support/status.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

struct LogPosition {
  std::string service;
  std::string region;
  std::string generation;
  std::uint64_t position = 0;

  std::string text() const;
};

// nullopt when the text is not of that form.
std::optional<LogPosition> parse_log_position(std::string_view text);

// Stands in a list of positions for: all that was committed, in whichever log, before the call.
inline constexpr char kNewest[] = "newest";

// What a reader names of what it must be shown: lists separated by commas, of which only positions
// of the log that is read count.
struct SeenPositions {
  std::string_view wanted;  // By the reader itself; also `newest`.
  std::string_view known;   // To who asks for it. Those of a generation that is gone do not count.
};

// OK when a log that stands at `head` holds what is named. `is_newest` says that nothing committed
// before the call is missing there. FAILED_PRECONDITION (GENERATION_CHANGED) when the log was
// restored since, INVALID_ARGUMENT (POSITION_INVALID) when a list cannot be read, and UNAVAILABLE
// (POSITION_NOT_REACHED) when a position is still to come, or may be: unless `is_newest`, looking
// at the log again helps.
grpc::Status check_seen(const SeenPositions& seen, std::string_view service,
                        std::string_view region, const LogHead& head, bool is_newest);
// POSITION_NOT_REACHED.
bool is_not_reached(const grpc::Status& status);

}  // namespace kkr::platform
