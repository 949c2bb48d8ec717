#include "services/platform/relay/relay.h"

#include <atomic>
#include <optional>
#include <utility>
#include <vector>

#include "services/platform/threads/serial_task.h"

namespace kkr::platform {

class Relay::Strand {
 public:
  Strand(std::string service, std::string region, EventStore& store, EventTail& tail, Bus& bus,
         WorkerPool& pool, std::chrono::steady_clock::duration retry_after)
      : service_(std::move(service)),
        region_(std::move(region)),
        store_(store),
        tail_(tail),
        bus_(bus),
        retry_after_(retry_after),
        task_(pool, [this] { publish_slice(); }) {}

  void start() {
    published_ = bus_.resume_after(service_, region_, tail_.head());
    listener_ = tail_.listen([this] { task_.wake(); });
    task_.wake();
  }

  void stop() {
    listener_ = nullptr;
    task_.stop();
  }

  std::uint64_t position() const { return published_.load(); }

 private:
  void publish_slice() {
    const auto events = next_events();
    if (!events) return task_.wake_after(retry_after_);
    for (const RecordedEventPtr& event : *events) {
      const auto published =
          std::make_shared<const PublishedEvent>(PublishedEvent{service_, region_, *event});
      if (!bus_.publish(published)) return task_.wake_after(retry_after_);
      published_ = event->position;
    }
    if (!events->empty()) task_.wake();
  }

  std::optional<std::vector<RecordedEventPtr>> next_events() {
    const std::uint64_t from = published_ + 1;
    if (auto events = tail_.read(from, kSliceMax)) return events;
    auto read = store_.read(from, kSliceMax);
    auto* const stored = std::get_if<std::vector<RecordedEvent>>(&read);
    if (stored == nullptr) return std::nullopt;
    std::vector<RecordedEventPtr> events;
    events.reserve(stored->size());
    for (RecordedEvent& event : *stored) {
      events.push_back(std::make_shared<const RecordedEvent>(std::move(event)));
    }
    return events;
  }

  const std::string service_;
  const std::string region_;
  EventStore& store_;
  EventTail& tail_;
  Bus& bus_;
  const std::chrono::steady_clock::duration retry_after_;
  std::atomic<std::uint64_t> published_ = 0;
  std::unique_ptr<TailListener> listener_;
  SerialTask task_;
};

Relay::Relay(std::string service, std::string region, EventStore& store, EventTail& tail, Bus& bus,
             WorkerPool& pool, std::chrono::steady_clock::duration retry_after)
    : strand_(std::make_unique<Strand>(std::move(service), std::move(region), store, tail, bus,
                                       pool, retry_after)) {}

Relay::~Relay() { stop(); }

void Relay::start() { strand_->start(); }
void Relay::stop() { strand_->stop(); }
std::uint64_t Relay::position() const { return strand_->position(); }

}  // namespace kkr::platform
