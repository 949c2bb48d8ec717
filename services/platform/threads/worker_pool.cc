#include "services/platform/threads/worker_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <mutex>
#include <set>
#include <utility>

namespace kkr::platform {
namespace {

// On Linux a priority is that of a thread. A failure leaves it as urgent as others.
void give_way(int niceness) {
  thread_local bool done = false;
  if (done) return;
  done = true;
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
}

}  // namespace

struct WorkerPool::Threads {
  using Timer = std::shared_ptr<boost::asio::steady_timer>;

  Threads(std::size_t threads, int how_nice)
      : niceness(how_nice), pool(std::max<std::size_t>(threads, 1)) {}

  std::function<void()> given_way(std::function<void()> job) const {
    if (niceness == 0) return job;
    return [niceness = niceness, job = std::move(job)] {
      give_way(niceness);
      job();
    };
  }

  const int niceness;
  boost::asio::thread_pool pool;
  std::mutex mutex;
  bool stopped = false;
  std::set<Timer> timers;  // A pending timer would keep the threads from ending.
};

WorkerPool::WorkerPool(std::size_t threads, int niceness)
    : threads_(std::make_unique<Threads>(threads, niceness)) {}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::post(std::function<void()> job) {
  const std::lock_guard lock(threads_->mutex);
  if (threads_->stopped) return false;
  boost::asio::post(threads_->pool, threads_->given_way(std::move(job)));
  return true;
}

void WorkerPool::post_after(std::chrono::steady_clock::duration delay, std::function<void()> job) {
  Threads& threads = *threads_;
  const auto timer = std::make_shared<boost::asio::steady_timer>(threads.pool, delay);
  const std::lock_guard lock(threads.mutex);
  if (threads.stopped) return;
  threads.timers.insert(timer);
  timer->async_wait([&threads, timer, job = threads.given_way(std::move(job))](
                        const boost::system::error_code& error) {
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
