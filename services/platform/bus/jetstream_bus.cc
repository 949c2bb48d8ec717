#include "services/platform/bus/jetstream_bus.h"

#include <utility>

namespace kkr::platform {
namespace {

constexpr auto kCatchUpAgainAfter = std::chrono::milliseconds(500);

}  // namespace

JetStreamBus::JetStreamBus(WorkerPool& pool)
    : connected_(pool, [this] { catch_up(); }), lost_(pool, [this] {
        if (opened_) publisher_->fail_all();
      }) {}

std::variant<std::unique_ptr<JetStreamBus>, std::string> JetStreamBus::open(
    const JetStreamSettings& settings, WorkerPool& pool) {
  std::unique_ptr<JetStreamBus> bus(new JetStreamBus(pool));
  auto opened = NatsConnection::open(settings.nats, {[&bus = *bus] { bus.connected_.wake(); },
                                                     [&bus = *bus] { bus.lost_.wake(); }});
  if (auto* const why_not = std::get_if<std::string>(&opened)) return std::move(*why_not);
  bus->connection_ = std::move(std::get<std::unique_ptr<NatsConnection>>(opened));
  NatsConnection& connection = *bus->connection_;
  bus->streams_ = std::make_unique<JetStreamStreams>(connection, settings.replicas);
  bus->publisher_ = std::make_unique<JetStreamPublisher>(connection, pool, settings.answer_within);
  bus->feeds_ = std::make_unique<JetStreamFeeds>(connection, pool, settings.waiting_max);
  bus->opened_ = true;
  return bus;
}

JetStreamBus::~JetStreamBus() {
  connected_.stop();
  lost_.stop();
}

// A server that has just started takes connections before it knows the streams. Without a
// connection there is nobody to ask: the next one wakes this again.
void JetStreamBus::catch_up() {
  if (!opened_ || feeds_->catch_up(*streams_) || !connection_->connected()) return;
  connected_.wake_after(kCatchUpAgainAfter);
}

std::optional<std::uint64_t> JetStreamBus::resume_after(const std::string& service,
                                                        const std::string& region,
                                                        const LogHead& head, EventStore& store) {
  const auto position = streams_->make_intact(service, region, head.generation, store);
  if (position) publisher_->direct(service, region, stream_name(service, region, head.generation));
  return position;
}

void JetStreamBus::publish(const EventPtr& event, Taken taken) {
  publisher_->publish(event, std::move(taken));
}

std::unique_ptr<Subscription> JetStreamBus::subscribe(std::string service, std::string region,
                                                      Callback callback) {
  return feeds_->subscribe(service, region, std::move(callback));
}

}  // namespace kkr::platform
