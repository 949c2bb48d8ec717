#include "services/platform/threads/worker_pool.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <mutex>
#include <set>
#include <utility>

namespace kkr::platform {

struct WorkerPool::Threads {
  using Timer = std::shared_ptr<boost::asio::steady_timer>;

  explicit Threads(std::size_t threads) : pool(std::max<std::size_t>(threads, 1)) {}

  boost::asio::thread_pool pool;
  std::mutex mutex;
  bool stopped = false;
  std::set<Timer> timers;  // A pending timer would keep the threads from ending.
};

WorkerPool::WorkerPool(std::size_t threads) : threads_(std::make_unique<Threads>(threads)) {}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::post(std::function<void()> job) {
  const std::lock_guard lock(threads_->mutex);
  if (threads_->stopped) return false;
  boost::asio::post(threads_->pool, std::move(job));
  return true;
}

void WorkerPool::post_after(std::chrono::steady_clock::duration delay, std::function<void()> job) {
  Threads& threads = *threads_;
  const auto timer = std::make_shared<boost::asio::steady_timer>(threads.pool, delay);
  const std::lock_guard lock(threads.mutex);
  if (threads.stopped) return;
  threads.timers.insert(timer);
  timer->async_wait(
      [&threads, timer, job = std::move(job)](const boost::system::error_code& error) {
        {
          const std::lock_guard timers(threads.mutex);
          threads.timers.erase(timer);
        }
        if (!error) job();
      });
}

void WorkerPool::stop() {
  {
    const std::lock_guard lock(threads_->mutex);
    threads_->stopped = true;
    for (const Threads::Timer& timer : threads_->timers) timer->cancel();
  }
  threads_->pool.join();
}

}  // namespace kkr::platform
