// The port that distributes recorded events. Distribution only, never the truth: a subscriber
// that misses events reads them from the log. At least once, in order per log.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// An event on its way: which log it stands in, and the event. Shared, because many subscribers
// look at the same one.
struct PublishedEvent {
  std::string service;
  std::string region;
  RecordedEvent event;
};
using EventPtr = std::shared_ptr<const PublishedEvent>;

// Ends its subscription when destroyed; no call of the callback runs after that.
class Subscription {
 public:
  virtual ~Subscription() = default;
};

class Bus {
 public:
  using Callback = std::function<void(const EventPtr&)>;
  // Whether the bus has taken the event.
  using Taken = std::function<void(bool taken)>;
  virtual ~Bus() = default;

  // The position after which the relay of this log goes on: what the bus already holds of the
  // generation of `head`, having made room for the rest; `head.position` for a bus that keeps
  // nothing. nullopt when the bus, or the store it asks, cannot tell now. May block on I/O.
  virtual std::optional<std::uint64_t> resume_after(const std::string& /*service*/,
                                                    const std::string& /*region*/,
                                                    const LogHead& head, EventStore& /*store*/) {
    return head.position;
  }
  // Hands the event to every subscriber of its log. Positions of a log come one after the other,
  // beginning after the one that resume_after() returned, and need not wait for each other. Calls
  // `taken` once, from any thread, within seconds. After a false, which fails those behind it too,
  // resume_after() must be called again; a bus that keeps nothing takes everything.
  virtual void publish(const EventPtr& event, Taken taken) = 0;
  // Calls back for every event of logs of `service` (all services when empty) and `region` (all
  // regions when empty), in order per log, one at a time, from a thread of the bus. Callbacks must
  // be short and must not end their own subscription. A subscriber that cannot keep up misses
  // events, but never the newest one, so that it sees the gap.
  virtual std::unique_ptr<Subscription> subscribe(std::string service, std::string region,
                                                  Callback callback) = 0;
};

}  // namespace kkr::platform
