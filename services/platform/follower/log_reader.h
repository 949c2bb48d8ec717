// The port through which a follower reads another service's log when the bus left a gap: the logs
// of this process directly, or those of another one over gRPC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// A slice of a log and where the log ends.
struct LogSlice {
  std::string generation;           // The log's present one.
  std::uint64_t head_position = 0;  // 0 for an empty log.
  // Of the event before the first one asked for: all zero before the first event of the log,
  // nullopt when the log does not reach that far.
  std::optional<Hash> previous_hash;
  std::vector<RecordedEvent> events;  // In order, without gaps; empty past the head.
};

enum class LogReadFailure {
  kLogUnknown,   // There is no such log there, or not yet.
  kUnavailable,  // Try again later.
};

class LogReader {
 public:
  virtual ~LogReader() = default;

  // At most `limit` (≤ 256) events of `{service}/{region}` from `from_position` (≥ 1) on. Blocks,
  // from any thread, for a bounded time.
  virtual std::variant<LogSlice, LogReadFailure> read(const std::string& log,
                                                      std::uint64_t from_position,
                                                      std::size_t limit) = 0;
};

}  // namespace kkr::platform
