// What has become of a log since this process last looked at it: events it did not know to be
// committed, its own or another process's, or a restore. Changes nothing.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

struct LogAdvance {
  LogHead head;
  bool is_restored = false;           // Another generation: nothing known of it holds.
  std::vector<RecordedEvent> events;  // After the head known, up to this one; none when restored.
};

enum class AdvanceFailure {
  kTryAgain,    // The store cannot be reached, or the log changed while it was read.
  kDamaged,     // The store says so.
  kEventsLost,  // The log ends before the head known, or differently.
};

// How the log stands, `known` being its head when it was looked at before. Blocks; has the store
// recover.
std::variant<LogAdvance, AdvanceFailure> advance_of(EventStore& store, const LogHead& known);

// Whether `batch`, whose outcome was unknown, is among what `advance` found. It was committed whole
// or not at all, so that a trace tells; where other processes append as well, only a trace that is
// its own. `checkpoints` are those of the log now, by source.
bool is_committed(const Batch& batch, const LogAdvance& advance, EventStore& store,
                  const std::map<std::string, Checkpoint>& checkpoints);

}  // namespace kkr::platform
