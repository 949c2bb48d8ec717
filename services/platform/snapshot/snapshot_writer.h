// Keeps a log's snapshot fresh, off the path of its commands: after every so many events, and once
// when the service stops.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "services/platform/event_store/event_store.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {

class SnapshotWriter {
 public:
  // `make` renders the published state; it runs on `pool`. `covered` is the position from which no
  // snapshot is needed: of the one loaded, or 0.
  SnapshotWriter(EventStore& store, WorkerPool& pool, std::uint64_t every_events,
                 std::uint64_t covered, std::function<Snapshot()> make);

  // The published state now stands at `position`. Never blocks.
  void advanced(std::uint64_t position);
  // Saves a last snapshot when there is something new. Call once, when nothing is written any more.
  void finish();

 private:
  void save();

  EventStore& store_;
  const std::uint64_t every_events_;
  const std::function<Snapshot()> make_;
  std::atomic<std::uint64_t> position_;
  std::atomic<std::uint64_t> saved_;
  SerialTask task_;
};

}  // namespace kkr::platform
