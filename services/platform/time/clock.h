// The time that stands in events and decides what is due. Leases, time-outs and back-off never
// ask this clock; they use the steady one.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "absl/time/time.h"

namespace kkr::platform {

// A call that has been asked for. Destroying it calls it off; no call runs after that.
class Alarm {
 public:
  virtual ~Alarm() = default;
};

// The port. All functions may be called from any thread.
class Clock {
 public:
  virtual ~Clock() = default;

  // Never less than what an earlier call returned.
  virtual absl::Time now() const = 0;
  // True when only the administrator moves this clock.
  virtual bool is_demo() const = 0;
  // Calls `ring` once, as soon as now() ≥ `at`, from a thread of the clock or of whoever moves it;
  // never from within this function. `ring` must be short and must not destroy its own alarm.
  [[nodiscard]] virtual std::unique_ptr<Alarm> alarm_at(absl::Time at,
                                                        std::function<void()> ring) = 0;
};

class AlarmList;

// The system's time in microseconds, held still while the system's clock is set back.
class SystemClock final : public Clock {
 public:
  SystemClock();
  ~SystemClock() override;

  absl::Time now() const override;
  bool is_demo() const override { return false; }
  std::unique_ptr<Alarm> alarm_at(absl::Time at, std::function<void()> ring) override;

 private:
  mutable std::atomic<std::int64_t> latest_ = 0;  // In microseconds.
  const std::unique_ptr<AlarmList> alarms_;
};

// A clock that stands still until the administrator moves it, and that only moves forward.
class DemoClock final : public Clock {
 public:
  explicit DemoClock(absl::Time start);
  ~DemoClock() override;

  absl::Time now() const override;
  bool is_demo() const override { return true; }
  std::unique_ptr<Alarm> alarm_at(absl::Time at, std::function<void()> ring) override;

  // Moves the clock and rings what is due before it returns. False, and nothing happens, when
  // `instant` is before now().
  bool advance_to(absl::Time instant);

 private:
  std::atomic<std::int64_t> now_;  // In microseconds.
  const std::unique_ptr<AlarmList> alarms_;
};

}  // namespace kkr::platform
