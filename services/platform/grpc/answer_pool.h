// The threads on which queries are answered, so that a gRPC thread never waits for a store. The
// queue is bounded: more work than can wait is refused at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kkr::platform {

class AnswerPool {
 public:
  AnswerPool(std::size_t threads, std::size_t waiting_max);
  // Does what was accepted, then returns.
  ~AnswerPool();
  AnswerPool(const AnswerPool&) = delete;
  AnswerPool& operator=(const AnswerPool&) = delete;

  // False when too much is waiting: `work` will not run.
  bool submit(std::function<void()> work);

 private:
  void run();

  const std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable woken_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace kkr::platform
