// The events of one source that the bus has delivered and the follower has not yet looked at.
// Bounded: the oldest makes way, and the follower reads it from the log.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <utility>

#include "services/platform/bus/bus.h"

namespace kkr::platform {

class IncomingEvents {
 public:
  explicit IncomingEvents(std::size_t events_max) : events_max_(events_max) {}

  void push(EventPtr event) {
    const std::lock_guard lock(mutex_);
    if (events_.size() >= events_max_) events_.pop_front();
    events_.push_back(std::move(event));
  }

  // The event at `position`; null when it is not the next one here. Forgets what lies before.
  // `beyond` becomes true when there are others that do not fit on: later ones, or ones of another
  // generation.
  EventPtr take(std::uint64_t position, const std::string& generation, bool& beyond) {
    const std::lock_guard lock(mutex_);
    while (!events_.empty()) {
      const EventPtr& front = events_.front();
      const bool same_life = front->event.generation == generation;
      if (same_life && front->event.position > position) {
        beyond = true;  // Stays: the log will lead up to it.
        return nullptr;
      }
      EventPtr event = std::move(events_.front());
      events_.pop_front();
      if (!same_life) {
        beyond = true;
      } else if (event->event.position == position) {
        return event;
      }
    }
    return nullptr;
  }

 private:
  const std::size_t events_max_;
  std::mutex mutex_;
  std::deque<EventPtr> events_;
};

}  // namespace kkr::platform
