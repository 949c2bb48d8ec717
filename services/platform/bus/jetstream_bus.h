// The bus of the cluster profile, on NATS JetStream: relays publish into one stream for each log,
// and every process hears what has been stored. While no server answers, relays wait and
// subscribers hear nothing; both go on by themselves.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <variant>

#include "services/platform/bus/bus.h"
#include "services/platform/bus/jetstream_feeds.h"
#include "services/platform/bus/jetstream_publisher.h"
#include "services/platform/bus/jetstream_streams.h"
#include "services/platform/bus/nats_connection.h"
#include "services/platform/threads/serial_task.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

struct JetStreamSettings {
  NatsSettings nats{};
  int replicas = 1;  // On how many servers an event is kept: 3 in production.
  // An event without an answer after that counts as not taken: longer than servers take to agree
  // on another leader.
  std::chrono::steady_clock::duration answer_within = std::chrono::seconds(5);
  std::size_t waiting_max = 1'024;  // Events a subscriber may be behind without missing one.
};

class JetStreamBus final : public Bus {
 public:
  // Begins to connect; does not wait for it. Callbacks run on `pool`, which must outlive the bus.
  // Fails, with a sentence for the operator, only when the settings cannot be used.
  static std::variant<std::unique_ptr<JetStreamBus>, std::string> open(
      const JetStreamSettings& settings, WorkerPool& pool);
  // All subscriptions must have ended.
  ~JetStreamBus() override;

  bool connected() const { return connection_->connected(); }

  std::optional<std::uint64_t> resume_after(const std::string& service, const std::string& region,
                                            const LogHead& head, EventStore& store) override;
  void publish(const EventPtr& event, Taken taken) override;
  std::unique_ptr<Subscription> subscribe(std::string service, std::string region,
                                          Callback callback) override;

 private:
  explicit JetStreamBus(WorkerPool& pool);
  void catch_up();

  // What follows upon a change of the connection, told by a thread of cnats, is done on the pool.
  SerialTask connected_;
  SerialTask lost_;
  std::unique_ptr<NatsConnection> connection_;
  std::atomic<bool> opened_ = false;  // What follows is there.
  std::unique_ptr<JetStreamStreams> streams_;
  std::unique_ptr<JetStreamPublisher> publisher_;
  std::unique_ptr<JetStreamFeeds> feeds_;
};

}  // namespace kkr::platform
