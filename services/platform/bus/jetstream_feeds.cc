#include "services/platform/bus/jetstream_feeds.h"

#include <optional>

#include "services/platform/bus/event_message.h"
#include "services/platform/bus/in_process_bus.h"
#include "services/platform/log/log.h"

namespace kkr::platform {

class JetStreamFeeds::Feed {
 public:
  Feed(NatsConnection& connection, WorkerPool& pool, std::size_t waiting_max, std::string service,
       std::string region)
      : service_(std::move(service)),
        region_(std::move(region)),
        listeners_(pool, waiting_max),
        stored_(NatsSubscription::open(
            connection, kStoredPrefix + subjects_of(service_, region_),
            [this](natsMsg* message) { hear(header_of(message, kStreamHeader), message); })) {}

  const std::string& service() const { return service_; }
  const std::string& region() const { return region_; }
  InProcessBus& listeners() { return listeners_; }

  void hear(const std::string& stream, natsMsg* message) {
    auto event = from_message(message);
    if (!event) return log(LogLevel::kWarning, "a message on the bus is no event");
    const std::lock_guard lock(mutex_);
    Heard& heard = heard_[{event->service, event->region}];
    if (heard.stream == stream && event->event.position <= heard.position) return;
    heard = {stream, event->event.position};
    listeners_.publish(std::make_shared<const PublishedEvent>(*std::move(event)), [](bool) {});
  }

 private:
  struct Heard {
    std::string stream;  // Another one for each generation of the log.
    std::uint64_t position = 0;
  };

  const std::string service_;
  const std::string region_;
  InProcessBus listeners_;
  std::mutex mutex_;  // Events come from the subscription and from catch_up().
  std::map<std::pair<std::string, std::string>, Heard> heard_;
  const std::unique_ptr<NatsSubscription> stored_;
};

// Ends before its feed does.
class JetStreamFeeds::Listener final : public Subscription {
 public:
  Listener(std::shared_ptr<Feed> feed, Bus::Callback callback)
      : feed_(std::move(feed)),
        subscription_(feed_->listeners().subscribe("", "", std::move(callback))) {}

 private:
  const std::shared_ptr<Feed> feed_;
  const std::unique_ptr<Subscription> subscription_;
};

JetStreamFeeds::JetStreamFeeds(NatsConnection& connection, WorkerPool& pool,
                               std::size_t waiting_max)
    : connection_(connection), pool_(pool), waiting_max_(waiting_max) {}

JetStreamFeeds::~JetStreamFeeds() = default;

std::unique_ptr<Subscription> JetStreamFeeds::subscribe(const std::string& service,
                                                        const std::string& region,
                                                        Bus::Callback callback) {
  return std::make_unique<Listener>(feed_of(service, region), std::move(callback));
}

std::shared_ptr<JetStreamFeeds::Feed> JetStreamFeeds::feed_of(const std::string& service,
                                                              const std::string& region) {
  const std::lock_guard lock(mutex_);
  std::weak_ptr<Feed>& place = feeds_[{service, region}];
  if (auto feed = place.lock()) return feed;
  auto feed = std::make_shared<Feed>(connection_, pool_, waiting_max_, service, region);
  place = feed;
  return feed;
}

bool JetStreamFeeds::catch_up(JetStreamStreams& streams) {
  std::vector<std::shared_ptr<Feed>> feeds;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [filter, place] : feeds_) {
      if (auto feed = place.lock()) feeds.push_back(std::move(feed));
    }
  }
  bool told = true;
  for (const auto& feed : feeds) {
    told &= streams.newest(
        feed->service(), feed->region(),
        [&](const std::string& stream, natsMsg* message) { feed->hear(stream, message); });
  }
  return told;
}

}  // namespace kkr::platform
