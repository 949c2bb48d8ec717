// A log with a relay, and what a test must see of the stream it fills: for tests of the bus that
// begin at the store and end in the server.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/platform/appender/event_tail.h"
#include "services/platform/bus/jetstream_bus.h"
#include "services/platform/event_store/memory_event_store.h"
#include "services/platform/relay/relay.h"

namespace kkr::platform {

// Ends the test when the settings cannot be used.
std::unique_ptr<JetStreamBus> open_bus(const JetStreamSettings& settings, WorkerPool& pool);

// The log `consultation/{region}`, written by the test itself.
class RelayedLog {
 public:
  explicit RelayedLog(std::string region = "hovedstaden");

  const std::string& region() const { return region_; }
  MemoryEventStore& store() { return store_; }
  std::string stream() const;
  void write(std::size_t count);
  // As if it had been restored from a backup made just now.
  void restore() { store_.renew_generation(); }
  // Several relays may publish the one log.
  std::unique_ptr<Relay> relay(Bus& bus, WorkerPool& pool);
  // The event at a position, as the bus gets it.
  EventPtr at(std::uint64_t position);

 private:
  const std::string region_;
  MemoryEventStore store_{{.log = "consultation/" + region_}};
  EventTail tail_{store_.head(), 1'000, 1 << 20};
};

// Looks into the servers, past the bus.
class StreamProbe {
 public:
  explicit StreamProbe(const std::vector<std::string>& urls);

  jsCtx* context() { return context_.get(); }
  std::vector<std::string> streams();
  // The stream's last sequence; nullopt when it has gaps, has lost its beginning, is not there or
  // cannot be asked now.
  std::optional<std::uint64_t> length(const std::string& stream);
  // When it was created, in nanoseconds; 0 when it is not there.
  std::int64_t created(const std::string& stream);
  // The first position at which the stream and the log differ; 0 when it is the log, whole.
  std::uint64_t first_difference(RelayedLog& log);
  // Sends a message that no relay sent; its sequence.
  std::uint64_t intrude(const std::string& subject, const std::string& message_id);

 private:
  std::unique_ptr<NatsConnection> connection_;
  JetStreamContext context_;
};

}  // namespace kkr::platform
