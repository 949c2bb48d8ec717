// Those who wait until a log that several processes write has been looked at in the store. Each is
// told once, from the completion pool: that it was, or that it was not in time.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

// From any thread.
class Looks {
 public:
  using Done = std::function<void(bool)>;

  explicit Looks(WorkerPool& completions) : completions_(completions) {}

  // `done(false)` is called by itself after `at_most`, and at once when it is closed.
  void add(std::chrono::steady_clock::duration at_most, Done done) {
    const auto one = std::make_shared<One>(std::move(done));
    completions_.post_after(at_most, [one] { one->tell(false); });
    {
      const std::lock_guard lock(mutex_);
      if (!closed_) return waiting_.push_back(one);
    }
    tell({one}, false);
  }
  bool none() const {
    const std::lock_guard lock(mutex_);
    return waiting_.empty();
  }
  // Calls `look()` for all who wait now. Those for whom it fails go on waiting.
  template <class Look>
  bool serve(Look look) {
    Waiting served;
    {
      const std::lock_guard lock(mutex_);
      served.swap(waiting_);
    }
    std::erase_if(served, [](const auto& one) { return one->is_told(); });
    if (served.empty()) return true;
    if (look()) {
      tell(std::move(served), true);
      return true;
    }
    const std::lock_guard lock(mutex_);
    waiting_.insert(waiting_.end(), served.begin(), served.end());
    return false;
  }
  void close() {
    Waiting left;
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
      left.swap(waiting_);
    }
    tell(std::move(left), false);
  }

 private:
  class One {
   public:
    explicit One(Done done) : done_(std::move(done)) {}
    bool is_told() const { return told_; }
    void tell(bool looked) {
      if (!told_.exchange(true)) std::exchange(done_, nullptr)(looked);
    }

   private:
    Done done_;
    std::atomic<bool> told_ = false;
  };
  using Waiting = std::vector<std::shared_ptr<One>>;

  // A pool that has stopped tells nobody; then this thread does.
  void tell(Waiting ones, bool looked) {
    for (const auto& one : ones) {
      if (!completions_.post([one, looked] { one->tell(looked); })) one->tell(looked);
    }
  }

  WorkerPool& completions_;
  mutable std::mutex mutex_;
  Waiting waiting_;
  bool closed_ = false;
};

}  // namespace kkr::platform
