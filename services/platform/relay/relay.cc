#include "services/platform/relay/relay.h"

#include <prometheus/gauge.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "services/platform/metrics/metrics.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {
namespace {

// On their way to the bus at the same time: enough that the way there and back costs nothing, and
// no more memory than that.
constexpr std::size_t kInFlightMax = 1'024;
constexpr std::size_t kInFlightBytesMax = 4 << 20;
// Batches that are committed within that time of each other are sent on together: waking those who
// follow costs more than what there is to tell them. The first one is sent at once.
constexpr std::chrono::milliseconds kTogether{2};

prometheus::Gauge& position_gauge(const std::string& log) {
  return prometheus::BuildGauge()
      .Name("kkr_relay_position")
      .Help("The newest event of a log that the bus has taken")
      .Register(metrics())
      .Add({{"log", log}});
}

}  // namespace

class Relay::Strand : public std::enable_shared_from_this<Strand> {
 public:
  Strand(std::string service, std::string region, EventStore& store, EventTail& tail, Bus& bus,
         WorkerPool& pool, std::chrono::steady_clock::duration retry_after)
      : service_(std::move(service)),
        region_(std::move(region)),
        store_(store),
        tail_(tail),
        bus_(bus),
        retry_after_(retry_after),
        position_(position_gauge(service_ + '/' + region_)),
        task_(pool, [this] { run(); }) {}

  void start() {
    start_ = tail_.head();
    listener_ = tail_.listen([this] { wake(); });
    task_.wake();
  }

  void stop() {
    stopped_ = true;
    listener_ = nullptr;
    task_.stop();  // Not what is on its way: its answers find a strand that does nothing.
  }

  bool has_started() const { return listener_ != nullptr || stopped_; }

  std::uint64_t position() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

 private:
  void wake() {
    const auto until_next = next_run_.load() - std::chrono::steady_clock::now();
    if (until_next <= until_next.zero()) return task_.wake();
    if (!wakes_later_.exchange(true)) task_.wake_after(until_next);
  }

  void run() {
    wakes_later_ = false;
    next_run_ = std::chrono::steady_clock::now() + kTogether;
    const std::size_t room = may_publish();
    if (room == 0) return;
    const auto events = next_events(room);
    if (!events) return task_.wake_after(retry_after_);
    for (const RecordedEventPtr& event : *events) {
      if (!publish(event)) return;
    }
    if (events->size() == room) task_.wake();  // There may be more.
  }

  // How many events may be sent now. After a refusal none, until all that is on its way has landed
  // and the bus has told where to go on; likewise when the log has begun a new generation.
  std::size_t may_publish() {
    const std::string generation = store_.head().generation;
    LogHead head;
    {
      const std::lock_guard lock(mutex_);
      if (generation != generation_) lost_ = true;
      if (!lost_) return room();
      if (in_flight_ > 0) return 0;
      // The first time, what is committed from the start on; later, what was not taken yet.
      head = start_ ? *start_ : LogHead{{}, taken_, {}};
    }
    const auto now = std::chrono::steady_clock::now();
    if (now < try_again_at_) return task_.wake_after(try_again_at_ - now), 0;
    head.generation = generation;
    const auto resumed = bus_.resume_after(service_, region_, head, store_);
    if (!resumed) {
      try_again_at_ = now + retry_after_;
      return task_.wake_after(retry_after_), 0;
    }
    start_ = std::nullopt;
    generation_ = generation;
    const std::lock_guard lock(mutex_);
    lost_ = false;
    sent_ = taken_ = *resumed;
    position_.Set(static_cast<double>(taken_));
    return room();
  }

  std::size_t room() {
    const bool full = in_flight_ >= kInFlightMax || in_flight_bytes_ >= kInFlightBytesMax;
    waits_for_room_ = full;
    return full ? 0 : std::min(kInFlightMax - in_flight_, kSliceMax);
  }

  // False when nothing more may be sent now.
  bool publish(const RecordedEventPtr& event) {
    const std::size_t bytes = event->payload.size();
    {
      const std::lock_guard lock(mutex_);
      if (lost_ || room() == 0) return false;
      sent_ = event->position;
      ++in_flight_;
      in_flight_bytes_ += bytes;
    }
    bus_.publish(std::make_shared<const PublishedEvent>(PublishedEvent{service_, region_, *event}),
                 [self = shared_from_this(), bytes, position = event->position](bool taken) {
                   self->landed(position, bytes, taken);
                 });
    return true;
  }

  void landed(std::uint64_t position, std::size_t bytes, bool taken) {
    const std::lock_guard lock(mutex_);
    --in_flight_;
    in_flight_bytes_ -= bytes;
    if (taken) {
      taken_ = std::max(taken_, position);
      position_.Set(static_cast<double>(taken_));
    } else if (!lost_) {
      lost_ = true;
      try_again_at_ = std::chrono::steady_clock::now() + retry_after_;
    }
    if (lost_ ? in_flight_ == 0
              : waits_for_room_ && in_flight_ <= kInFlightMax / 2 &&
                    in_flight_bytes_ <= kInFlightBytesMax / 2) {
      task_.wake();
    }
  }

  std::optional<std::vector<RecordedEventPtr>> next_events(std::size_t limit) {
    const std::uint64_t from = sent_ + 1;
    if (auto events = tail_.read(from, limit)) return events;
    auto read = store_.read(from, limit);
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
  prometheus::Gauge& position_;
  std::unique_ptr<TailListener> listener_;
  bool stopped_ = false;

  std::atomic<std::chrono::steady_clock::time_point>
      next_run_{};  // What comes before waits until then.
  std::atomic<bool> wakes_later_ = false;

  // Touched by the strand only.
  std::optional<LogHead> start_;  // Until the bus has told where to go on.
  std::string generation_;        // Of the log, when the bus told it; events may have older ones.
  std::uint64_t sent_ = 0;

  mutable std::mutex mutex_;  // Guards what follows.
  bool lost_ = true;          // Where to go on is the bus's to say.
  bool waits_for_room_ = false;
  std::chrono::steady_clock::time_point try_again_at_{};
  std::size_t in_flight_ = 0;
  std::size_t in_flight_bytes_ = 0;
  std::uint64_t taken_ = 0;

  SerialTask task_;
};

Relay::Relay(std::string service, std::string region, EventStore& store, EventTail& tail, Bus& bus,
             WorkerPool& pool, std::chrono::steady_clock::duration retry_after)
    : make_strand_([service = std::move(service), region = std::move(region), &store, &tail, &bus,
                    &pool, retry_after] {
        return std::make_unique<Strand>(service, region, store, tail, bus, pool, retry_after);
      }),
      strand_(make_strand_()) {}

Relay::~Relay() { stop(); }

void Relay::start() {
  const std::lock_guard lock(mutex_);
  if (strand_->has_started()) strand_ = make_strand_();
  strand_->start();
}

void Relay::stop() { strand()->stop(); }

std::uint64_t Relay::position() const { return strand()->position(); }

std::shared_ptr<Relay::Strand> Relay::strand() const {
  const std::lock_guard lock(mutex_);
  return strand_;
}

}  // namespace kkr::platform
