#include "services/platform/time/clock.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "absl/time/clock.h"

namespace kkr::platform {

// The alarms of one clock and the thread that rings them.
class AlarmList {
 public:
  explicit AlarmList(std::function<absl::Time()> now)
      : now_(std::move(now)), thread_([this] { ring_until_stopped(); }) {}

  ~AlarmList() {
    {
      const std::lock_guard lock(waiting_->mutex);
      stopped_ = true;
    }
    waiting_->changed.notify_all();
    thread_.join();
  }

  std::unique_ptr<Alarm> add(absl::Time at, std::function<void()> ring) {
    auto bell = std::make_shared<Bell>(std::move(ring));
    {
      const std::lock_guard lock(waiting_->mutex);
      waiting_->bells.emplace(at, bell);
    }
    waiting_->changed.notify_all();
    return std::make_unique<Held>(waiting_, at, std::move(bell));
  }

  void ring_due() {
    const absl::Time now = now_();
    while (const auto bell = waiting_->take_due(now)) bell->ring_once();
  }

 private:
  class Bell {
   public:
    explicit Bell(std::function<void()> ring) : ring_(std::move(ring)) {}

    // The lock is held while ringing, so that call_off() waits for the end of it.
    void ring_once() {
      const std::lock_guard lock(mutex_);
      if (const auto ring = std::exchange(ring_, nullptr)) ring();
    }
    void call_off() {
      const std::lock_guard lock(mutex_);
      ring_ = nullptr;
    }

   private:
    std::mutex mutex_;
    std::function<void()> ring_;
  };

  // Outlives the list when an alarm does.
  struct Waiting {
    std::shared_ptr<Bell> take_due(absl::Time now) {
      const std::lock_guard lock(mutex);
      if (bells.empty() || bells.begin()->first > now) return nullptr;
      auto bell = bells.begin()->second;
      bells.erase(bells.begin());
      return bell;
    }
    void remove(absl::Time at, const std::shared_ptr<Bell>& bell) {
      const std::lock_guard lock(mutex);
      const auto [first, last] = bells.equal_range(at);
      const auto found =
          std::find_if(first, last, [&](const auto& entry) { return entry.second == bell; });
      if (found != last) bells.erase(found);
    }

    std::mutex mutex;
    std::condition_variable changed;
    std::multimap<absl::Time, std::shared_ptr<Bell>> bells;
  };

  class Held final : public Alarm {
   public:
    Held(std::shared_ptr<Waiting> waiting, absl::Time at, std::shared_ptr<Bell> bell)
        : waiting_(std::move(waiting)), at_(at), bell_(std::move(bell)) {}
    ~Held() override {
      waiting_->remove(at_, bell_);
      bell_->call_off();
    }

   private:
    const std::shared_ptr<Waiting> waiting_;
    const absl::Time at_;
    const std::shared_ptr<Bell> bell_;
  };

  void ring_until_stopped() {
    std::unique_lock lock(waiting_->mutex);
    while (!stopped_) {
      if (waiting_->bells.empty()) {
        waiting_->changed.wait(lock);
      } else if (const absl::Time at = waiting_->bells.begin()->first; at > now_()) {
        // Looks again now and then, because the system's clock may be set while this waits.
        waiting_->changed.wait_for(
            lock, absl::ToChronoMilliseconds(
                      std::min(at - now_() + absl::Milliseconds(1), absl::Seconds(30))));
      } else {
        lock.unlock();
        ring_due();
        lock.lock();
      }
    }
  }

  const std::function<absl::Time()> now_;
  const std::shared_ptr<Waiting> waiting_ = std::make_shared<Waiting>();
  bool stopped_ = false;
  std::thread thread_;
};

namespace {

// The largest instant ever asked for, in microseconds.
absl::Time never_backwards(std::atomic<std::int64_t>& latest, std::int64_t micros) {
  std::int64_t seen = latest.load();
  while (seen < micros && !latest.compare_exchange_weak(seen, micros)) {
  }
  return absl::FromUnixMicros(std::max(seen, micros));
}

}  // namespace

SystemClock::SystemClock() : alarms_(std::make_unique<AlarmList>([this] { return now(); })) {}
SystemClock::~SystemClock() = default;

absl::Time SystemClock::now() const {
  return never_backwards(latest_, absl::ToUnixMicros(absl::Now()));
}

std::unique_ptr<Alarm> SystemClock::alarm_at(absl::Time at, std::function<void()> ring) {
  return alarms_->add(at, std::move(ring));
}

DemoClock::DemoClock(absl::Time start)
    : now_(absl::ToUnixMicros(start)),
      alarms_(std::make_unique<AlarmList>([this] { return now(); })) {}
DemoClock::~DemoClock() = default;

absl::Time DemoClock::now() const { return absl::FromUnixMicros(now_.load()); }

std::unique_ptr<Alarm> DemoClock::alarm_at(absl::Time at, std::function<void()> ring) {
  return alarms_->add(at, std::move(ring));
}

bool DemoClock::advance_to(absl::Time instant) {
  const std::int64_t micros = absl::ToUnixMicros(instant);
  if (never_backwards(now_, micros) != absl::FromUnixMicros(micros)) return false;
  alarms_->ring_due();
  return true;
}

}  // namespace kkr::platform
