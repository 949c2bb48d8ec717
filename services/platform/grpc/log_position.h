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

// OK when a log that stands at `head` holds what the caller says to have seen: `wanted` is a comma
// separated list of positions, of which only those of this log count. FAILED_PRECONDITION
// (GENERATION_CHANGED) when the log was restored since, UNAVAILABLE (POSITION_NOT_REACHED) when the
// position is still to come, INVALID_ARGUMENT (POSITION_INVALID) when the list cannot be read.
grpc::Status check_seen(std::string_view wanted, std::string_view service, std::string_view region,
                        const LogHead& head);

}  // namespace kkr::platform
