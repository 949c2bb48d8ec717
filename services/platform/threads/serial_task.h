// One piece of work that runs on a pool whenever it is woken: never twice at the same time, and
// once more when it is woken while it runs. A strand without a thread of its own.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

class SerialTask {
 public:
  // The pool must outlive the task's runs. `work` must not throw.
  SerialTask(WorkerPool& pool, std::function<void()> work);
  // Like stop().
  ~SerialTask();
  SerialTask(const SerialTask&) = delete;
  SerialTask& operator=(const SerialTask&) = delete;

  // Makes the work run soon. Wakes that come before it starts are one run. Never blocks.
  void wake();
  // The same after `delay` on the steady clock.
  void wake_after(std::chrono::steady_clock::duration delay);
  // Returns when no run is in progress; none starts afterwards. Not from within the work.
  void stop();
  // Ends what stop() began: from now on wakes count again. Does not wake. Not while stop() runs.
  void resume();

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;
};

}  // namespace kkr::platform
