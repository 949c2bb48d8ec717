// Publishes the events of one log on the bus, in order, woken by commits, many on their way at a
// time. The log is the outbox: what the bus could not take is read from the log again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
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

  // Publishes from where the bus ends. May follow upon a stop().
  void start();
  // Publishes nothing more. Does not wait for answers to what is on its way.
  void stop();

  // The position of the newest event the bus has taken.
  std::uint64_t position() const;

 private:
  class Strand;

  std::shared_ptr<Strand> strand() const;

  const std::function<std::unique_ptr<Strand>()> make_strand_;
  mutable std::mutex mutex_;  // Guards the pointer: position() comes from any thread.
  std::shared_ptr<Strand> strand_;
};

}  // namespace kkr::platform
