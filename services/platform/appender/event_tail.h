// The newest events of one log, in memory: what the relay, followers and page streams read so
// that they leave the store alone. Bounded; what fell out is read from the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

using RecordedEventPtr = std::shared_ptr<const RecordedEvent>;

// Ends its registration when destroyed; no call runs after that.
class TailListener {
 public:
  virtual ~TailListener() = default;
};

class EventTail {
 public:
  EventTail(LogHead start, std::size_t events_max, std::size_t bytes_max);
  ~EventTail();

  // Adds committed events, which follow upon the newest one, and calls the listeners.
  void push(std::vector<RecordedEvent> events);

  // Forgets everything: the log was restored and now ends at `head`. Calls the listeners.
  void restart(LogHead head);

  // The newest event's place; the start while nothing was pushed.
  LogHead head() const;
  // At most `limit` events from `from_position` on; empty past the head. nullopt when the first
  // one wanted is no longer, or never was, in memory.
  std::optional<std::vector<RecordedEventPtr>> read(std::uint64_t from_position,
                                                    std::size_t limit) const;
  // Calls `wake` after every push, from the appender's thread: it must be short.
  [[nodiscard]] std::unique_ptr<TailListener> listen(std::function<void()> wake);

 private:
  struct Listeners;
  class Listener;
  void wake_listeners();

  const std::size_t events_max_;
  const std::size_t bytes_max_;
  const std::shared_ptr<Listeners> listeners_;
  mutable std::mutex mutex_;
  LogHead head_;
  std::deque<RecordedEventPtr> events_;  // Without gaps; the last one is the head.
  std::size_t bytes_ = 0;
};

}  // namespace kkr::platform
