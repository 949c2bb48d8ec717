// A small pool of threads for the strands of this process: appenders, relays, followers and
// answers. Jobs must not wait for each other; a job may block on I/O.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace kkr::platform {

class WorkerPool {
 public:
  // Starts `threads` (at least one) threads. With a `niceness` above 0 (up to 19) they let those of
  // other pools go first.
  explicit WorkerPool(std::size_t threads, int niceness = 0);
  // Like stop().
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Runs `job` on a thread of the pool, in no order among jobs. A job must not throw. False after
  // stop(): the job is dropped.
  bool post(std::function<void()> job);
  // The same, not before `delay` has passed on the steady clock; dropped after stop().
  void post_after(std::chrono::steady_clock::duration delay, std::function<void()> job);

  // Drops delayed jobs, finishes the posted ones and joins the threads. Not from a job of the pool.
  void stop();

 private:
  struct Threads;
  const std::unique_ptr<Threads> threads_;
};

}  // namespace kkr::platform
