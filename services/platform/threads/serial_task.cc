#include "services/platform/threads/serial_task.h"

#include <condition_variable>
#include <mutex>
#include <utility>

namespace kkr::platform {
namespace {

// Going on in the same thread saves waking another; after so many runs others get their turn.
constexpr int kTurnsMax = 16;

}  // namespace

// Kept alive by the jobs in the pool, which may come after the task is gone.
struct SerialTask::Shared : std::enable_shared_from_this<Shared> {
  enum class Phase { kIdle, kScheduled, kRunning, kRunningThenAgain };

  Shared(WorkerPool& worker_pool, std::function<void()> to_run)
      : pool(worker_pool), work(std::move(to_run)) {}

  void wake() {
    const std::lock_guard lock(mutex);
    if (stopped) return;
    if (phase == Phase::kRunning) phase = Phase::kRunningThenAgain;
    if (phase == Phase::kIdle) schedule();
  }

  void run() {
    std::unique_lock lock(mutex);
    if (stopped) {
      phase = Phase::kIdle;  // The run that was posted is used up.
      return;
    }
    bool again = true;
    for (int turn = 0; again && turn < kTurnsMax; ++turn) {
      phase = Phase::kRunning;
      lock.unlock();
      work();
      lock.lock();
      again = phase == Phase::kRunningThenAgain && !stopped;
    }
    phase = Phase::kIdle;
    if (again) schedule();
    run_ended.notify_all();
  }

  void stop() {
    std::unique_lock lock(mutex);
    stopped = true;
    run_ended.wait(
        lock, [this] { return phase != Phase::kRunning && phase != Phase::kRunningThenAgain; });
  }

  void resume() {
    const std::lock_guard lock(mutex);
    stopped = false;
  }

  void schedule() {
    phase = Phase::kScheduled;
    pool.post([self = shared_from_this()] { self->run(); });
  }

  WorkerPool& pool;
  const std::function<void()> work;
  std::mutex mutex;
  std::condition_variable run_ended;
  Phase phase = Phase::kIdle;
  bool stopped = false;
};

SerialTask::SerialTask(WorkerPool& pool, std::function<void()> work)
    : shared_(std::make_shared<Shared>(pool, std::move(work))) {}

SerialTask::~SerialTask() { stop(); }

void SerialTask::wake() { shared_->wake(); }

void SerialTask::wake_after(std::chrono::steady_clock::duration delay) {
  shared_->pool.post_after(delay, [weak = std::weak_ptr<Shared>(shared_)] {
    if (const auto shared = weak.lock()) shared->wake();
  });
}

void SerialTask::stop() { shared_->stop(); }
void SerialTask::resume() { shared_->resume(); }

}  // namespace kkr::platform
