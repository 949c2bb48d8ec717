// Waits for the next due instant of a plan and has what became due recorded, one instant after the
// other. The half of due work that knows no domain. After downtime nothing is missed, because the
// plan is asked at the start; nothing is done twice, because recording changes the plan.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/time/time.h"
#include "services/platform/threads/worker_pool.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

// What the loop leaves to the domain. Called from one strand.
class DuePlanner {
 public:
  virtual ~DuePlanner() = default;

  // The instant of the earliest work not yet recorded, past or future; nullopt when there is none.
  virtual std::optional<absl::Time> next_due() const = 0;
  // Submits the command that records all work due by now; calls `done` once, from any thread, with
  // whether it was carried out.
  virtual void record_due(std::function<void(bool)> done) = 0;
};

class DueLoop {
 public:
  // `log` names the log in log lines.
  DueLoop(std::string log, Clock& clock, WorkerPool& pool, DuePlanner& planner);
  // Like stop().
  ~DueLoop();

  // Nothing is recorded before. Also again, after stop().
  void start();
  // Ask the plan again: the state has changed. Never blocks.
  void plan_changed();
  // Submits nothing more; returns when no command of this loop is on its way.
  void stop();

  // Calls `quiet` once, from any thread, when the clock has reached `instant` and no work due up
  // to it is left. Dropped by stop().
  void when_quiesced(absl::Time instant, std::function<void()> quiet);

 private:
  class Strand;
  const std::unique_ptr<Strand> strand_;
};

}  // namespace kkr::platform
