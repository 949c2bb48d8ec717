// What this process hears from JetStream: one feed for each service and region that somebody in it
// asked for, handed on to all who did. An event comes once and in order; one that was missed while
// there was no connection shows by the newest of its log, which is asked for afterwards.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "services/platform/bus/bus.h"
#include "services/platform/bus/jetstream_streams.h"
#include "services/platform/bus/nats_connection.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

class JetStreamFeeds {
 public:
  JetStreamFeeds(NatsConnection& connection, WorkerPool& pool, std::size_t waiting_max);
  ~JetStreamFeeds();

  std::unique_ptr<Subscription> subscribe(const std::string& service, const std::string& region,
                                          Bus::Callback callback);
  // Hands on the newest event of every log that somebody listens to, unless it has come before.
  // False when the servers could not tell it for all of them. Blocks on I/O.
  bool catch_up(JetStreamStreams& streams);

 private:
  class Feed;
  class Listener;

  std::shared_ptr<Feed> feed_of(const std::string& service, const std::string& region);

  NatsConnection& connection_;
  WorkerPool& pool_;
  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::weak_ptr<Feed>> feeds_;
};

}  // namespace kkr::platform
