#include "services/platform/threads/worker_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace kkr::platform {
namespace {

// On Linux a priority is that of a thread. A failure leaves it as urgent as others.
void give_way(int niceness) {
  if (niceness > 0) setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), niceness);
}

}  // namespace

// Boost's pool wakes its idle threads in turn. Here the one that was busy last goes on: a strand
// stays with one thread, and with what the processor's cache holds of it (bench/submit: a tenth).
struct WorkerPool::Threads {
  using Timer = std::shared_ptr<boost::asio::steady_timer>;

  struct Worker {
    std::condition_variable woken;
    bool called = false;
    std::thread thread;
  };

  Threads(std::size_t threads, int niceness) : workers(std::max<std::size_t>(threads, 1)) {
    for (Worker& worker : workers) {
      worker.thread = std::thread([this, &worker, niceness] {
        give_way(niceness);
        work(worker);
      });
    }
  }

  bool post(std::function<void()> job) {
    Worker* called = nullptr;
    {
      const std::lock_guard lock(mutex);
      if (stopped) return false;
      jobs.push_back(std::move(job));
      if (!idle.empty()) {
        called = idle.back();
        idle.pop_back();
        called->called = true;
      }
    }
    if (called != nullptr) called->woken.notify_one();
    return true;
  }

  // Until the pool is stopped and no job is left.
  void work(Worker& worker) {
    std::unique_lock lock(mutex);
    while (true) {
      if (!jobs.empty()) {
        run_next(lock);
      } else if (stopped) {
        return;
      } else {
        worker.called = false;
        idle.push_back(&worker);
        worker.woken.wait(lock, [&] { return worker.called; });
      }
    }
  }

  // Lets go of `lock` while a job runs, and while what it holds is let go of.
  void run_next(std::unique_lock<std::mutex>& lock) {
    std::function<void()> job = std::move(jobs.front());
    jobs.pop_front();
    lock.unlock();
    job();
    job = nullptr;
    lock.lock();
  }

  void stop() {
    {
      const std::lock_guard lock(mutex);
      stopped = true;
      for (const Timer& timer : timers) timer->cancel();
      idle.clear();
      for (Worker& worker : workers) {
        worker.called = true;
        worker.woken.notify_one();
      }
    }
    for (Worker& worker : workers) {
      if (worker.thread.joinable()) worker.thread.join();
    }
    if (clock) clock->join();
  }

  std::mutex mutex;
  bool stopped = false;
  std::deque<std::function<void()>> jobs;
  std::vector<Worker*> idle;  // The last one became so last.
  std::set<Timer> timers;     // A pending timer would keep the clock from ending.
  std::vector<Worker> workers;
  // Only posts what has become due; made for the first delayed job.
  std::unique_ptr<boost::asio::thread_pool> clock;
};

WorkerPool::WorkerPool(std::size_t threads, int niceness)
    : threads_(std::make_unique<Threads>(threads, niceness)) {}

WorkerPool::~WorkerPool() { stop(); }

bool WorkerPool::post(std::function<void()> job) { return threads_->post(std::move(job)); }

void WorkerPool::post_after(std::chrono::steady_clock::duration delay, std::function<void()> job) {
  Threads& threads = *threads_;
  const std::lock_guard lock(threads.mutex);
  if (threads.stopped) return;
  if (!threads.clock) threads.clock = std::make_unique<boost::asio::thread_pool>(1);
  const auto timer = std::make_shared<boost::asio::steady_timer>(*threads.clock, delay);
  threads.timers.insert(timer);
  timer->async_wait(
      [&threads, timer, job = std::move(job)](const boost::system::error_code& error) mutable {
        {
          const std::lock_guard timers(threads.mutex);
          threads.timers.erase(timer);
        }
        if (!error) threads.post(std::move(job));
      });
}

void WorkerPool::stop() { threads_->stop(); }

}  // namespace kkr::platform
