// The threads on which queries are answered, so that a gRPC thread never waits for a store. The
// queue is bounded: more work than can wait is refused at once.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

class AnswerPool {
 public:
  // Its end does what was accepted, then returns.
  AnswerPool(std::size_t threads, std::size_t waiting_max);
  // False when too much is waiting: `work` will not run.
  bool submit(std::function<void()> work);

 private:
  const std::size_t waiting_max_;
  std::atomic<std::size_t> waiting_ = 0;
  WorkerPool threads_;  // Last: its jobs use the above.
};

}  // namespace kkr::platform
