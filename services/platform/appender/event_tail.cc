#include "services/platform/appender/event_tail.h"

#include <algorithm>
#include <list>
#include <utility>

namespace kkr::platform {
namespace {

std::size_t size_of(const RecordedEvent& event) {
  return sizeof(event) + event.stream.size() + event.payload.size() + event.metadata.size();
}

}  // namespace

// Called under the lock, so that a listener that is gone is not called.
struct EventTail::Listeners {
  std::mutex mutex;
  std::list<std::function<void()>> wakes;
};

class EventTail::Listener final : public TailListener {
 public:
  Listener(std::shared_ptr<Listeners> listeners, std::function<void()> wake)
      : listeners_(std::move(listeners)) {
    const std::lock_guard lock(listeners_->mutex);
    place_ = listeners_->wakes.insert(listeners_->wakes.end(), std::move(wake));
  }
  ~Listener() override {
    const std::lock_guard lock(listeners_->mutex);
    listeners_->wakes.erase(place_);
  }

 private:
  const std::shared_ptr<Listeners> listeners_;
  std::list<std::function<void()>>::iterator place_;
};

EventTail::EventTail(LogHead start, std::size_t events_max, std::size_t bytes_max)
    : events_max_(events_max),
      bytes_max_(bytes_max),
      listeners_(std::make_shared<Listeners>()),
      head_(std::move(start)) {}

EventTail::~EventTail() = default;

void EventTail::push(std::vector<RecordedEvent> events) {
  if (events.empty()) return;
  {
    const std::lock_guard lock(mutex_);
    for (RecordedEvent& event : events) {
      bytes_ += size_of(event);
      events_.push_back(std::make_shared<const RecordedEvent>(std::move(event)));
    }
    head_.position = events_.back()->position;
    head_.hash = events_.back()->hash;
    while (events_.size() > events_max_ || (bytes_ > bytes_max_ && events_.size() > 1)) {
      bytes_ -= size_of(*events_.front());
      events_.pop_front();
    }
  }
  wake_listeners();
}

void EventTail::restart(LogHead head) {
  {
    const std::lock_guard lock(mutex_);
    events_.clear();
    bytes_ = 0;
    head_ = std::move(head);
  }
  wake_listeners();
}

void EventTail::wake_listeners() {
  const std::lock_guard lock(listeners_->mutex);
  for (const auto& wake : listeners_->wakes) wake();
}

LogHead EventTail::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

std::optional<std::vector<RecordedEventPtr>> EventTail::read(std::uint64_t from_position,
                                                             std::size_t limit) const {
  const std::lock_guard lock(mutex_);
  if (from_position > head_.position) return std::vector<RecordedEventPtr>{};
  if (events_.empty() || from_position < events_.front()->position) return std::nullopt;
  const std::size_t first = from_position - events_.front()->position;
  const std::size_t count = std::min(limit, events_.size() - first);
  const auto begin = events_.begin() + static_cast<std::ptrdiff_t>(first);
  return std::vector<RecordedEventPtr>(begin, begin + static_cast<std::ptrdiff_t>(count));
}

std::unique_ptr<TailListener> EventTail::listen(std::function<void()> wake) {
  return std::make_unique<Listener>(listeners_, std::move(wake));
}

}  // namespace kkr::platform
