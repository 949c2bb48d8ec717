// Keeps a log's snapshot fresh, off the path of its commands: after every so many events, and once
// when the service stops. Spends no more than a small part of the time on it, however large the
// state and however many the events.
#pragma once

#include <atomic>
#include <chrono>
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
  bool is_due() const;
  void save();

  EventStore& store_;
  const std::uint64_t every_events_;
  const std::function<Snapshot()> make_;
  std::atomic<std::uint64_t> position_;
  std::atomic<std::uint64_t> saved_;
  // When the next one may be made; the time of the last one says how soon.
  std::atomic<std::chrono::steady_clock::time_point> not_before_{};
  SerialTask task_;
};

}  // namespace kkr::platform
