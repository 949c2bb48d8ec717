// The streams of JetStream that hold the logs: one for each service, region and generation, its
// sequence numbers the log's positions. A stream that is not the beginning of its log is deleted
// and filled again; JetStream distributes and is never asked what happened.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "services/platform/bus/bus.h"
#include "services/platform/bus/nats_connection.h"

namespace kkr::platform {

// `kkr-{service}-{region}-{generation}`.
std::string stream_name(const std::string& service, const std::string& region,
                        const std::string& generation);

class JetStreamStreams {
 public:
  // `replicas`: on how many servers each stream is kept, 1 to 5.
  JetStreamStreams(NatsConnection& connection, int replicas);

  // Makes the log's stream its beginning: left alone when it is intact, created or deleted and
  // created anew when it is not. Deletes the streams of the log's other generations. Returns the
  // position of the last event it holds; nullopt when a server or the store cannot tell now.
  std::optional<std::uint64_t> make_intact(const std::string& service, const std::string& region,
                                           const std::string& generation, EventStore& store);

  // Calls `found` with the name and the newest message of every stream of the service and region
  // (of all where one is empty). False when the servers did not answer for one of them.
  bool newest(const std::string& service, const std::string& region,
              const std::function<void(const std::string& stream, natsMsg*)>& found);

 private:
  struct Wanted;

  bool delete_other_generations(const Wanted& wanted);
  std::optional<std::uint64_t> length_if_intact(const Wanted& wanted, EventStore& store,
                                                bool& refill);
  std::optional<bool> last_agrees(const Wanted& wanted, std::uint64_t last, EventStore& store);
  void tell_newest_again(const PublishedEvent& event, const std::string& stream);
  bool create(const Wanted& wanted);
  bool remove(const std::string& name);

  NatsConnection& connection_;
  const int replicas_;
  JetStreamContext context_;
};

}  // namespace kkr::platform
