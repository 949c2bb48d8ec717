#include "services/platform/bus/in_process_bus.h"

#include <deque>
#include <utility>

#include "services/platform/threads/serial_task.h"

namespace kkr::platform {

class InProcessBus::Subscriber final : public Subscription {
 public:
  Subscriber(InProcessBus& bus, std::string service, std::string region, Callback callback)
      : bus_(bus),
        service_(std::move(service)),
        region_(std::move(region)),
        callback_(std::move(callback)),
        task_(bus.pool_, [this] { deliver(); }) {
    const std::lock_guard lock(bus_.mutex_);
    bus_.subscribers_.push_back(this);
  }

  ~Subscriber() override {
    {
      const std::lock_guard lock(bus_.mutex_);
      std::erase(bus_.subscribers_, this);
    }
    task_.stop();
  }

  void offer(const EventPtr& event) {
    if (!service_.empty() && service_ != event->service) return;
    if (!region_.empty() && region_ != event->region) return;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() >= bus_.waiting_max_) waiting_.pop_front();
      waiting_.push_back(event);
    }
    task_.wake();
  }

 private:
  void deliver() {
    std::deque<EventPtr> events;
    {
      const std::lock_guard lock(mutex_);
      events.swap(waiting_);
    }
    for (const EventPtr& event : events) callback_(event);
  }

  InProcessBus& bus_;
  const std::string service_;
  const std::string region_;
  const Callback callback_;
  std::mutex mutex_;
  std::deque<EventPtr> waiting_;
  SerialTask task_;
};

InProcessBus::InProcessBus(WorkerPool& pool, std::size_t waiting_max)
    : pool_(pool), waiting_max_(waiting_max) {}

InProcessBus::~InProcessBus() = default;

void InProcessBus::publish(const EventPtr& event, Taken taken) {
  {
    const std::lock_guard lock(mutex_);
    for (Subscriber* subscriber : subscribers_) subscriber->offer(event);
  }
  taken(true);
}

std::unique_ptr<Subscription> InProcessBus::subscribe(std::string service, std::string region,
                                                      Callback callback) {
  return std::make_unique<Subscriber>(*this, std::move(service), std::move(region),
                                      std::move(callback));
}

}  // namespace kkr::platform
