// Publishes the events of one log on the bus, in order, woken by commits. The log is the outbox:
// what the bus could not take is read from the log again.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "services/platform/appender/event_tail.h"
#include "services/platform/bus/bus.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

class Relay {
 public:
  Relay(std::string service, std::string region, EventStore& store, EventTail& tail, Bus& bus,
        WorkerPool& pool,
        std::chrono::steady_clock::duration retry_after = std::chrono::milliseconds(100));
  // Like stop().
  ~Relay();

  // Publishes from where the bus ends.
  void start();
  // Publishes nothing more; returns when no publication is in progress.
  void stop();

  // The position of the newest event the bus has taken.
  std::uint64_t position() const;

 private:
  class Strand;
  const std::unique_ptr<Strand> strand_;
};

}  // namespace kkr::platform
