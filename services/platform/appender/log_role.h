// Whether this process leads a log or follows it, and the passage between the two, which the log's
// writer makes on its own strand while others wait for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kkr::platform {

enum class LogRole {
  kLeading,      // Commands are decided and committed.
  kHandingOver,  // What is queued is still carried out; nothing more is accepted.
  kFollowing,    // Another process leads the log, or none.
  kTakingOver,   // Commands wait until the state has caught up with the log.
};

// From any thread.
class RoleSwitch {
 public:
  explicit RoleSwitch(LogRole first) : role_(first) {}

  LogRole now() const {
    const std::lock_guard lock(mutex_);
    return role_;
  }
  // Goes from `from` to `to`; false, and nothing happens, when the role is another one by now.
  bool change(LogRole from, LogRole to) {
    const std::lock_guard lock(mutex_);
    if (role_ != from) return false;
    role_ = to;
    changed_.notify_all();
    return true;
  }
  // Follows from now on. False when that was so already.
  bool follow() {
    const std::lock_guard lock(mutex_);
    const bool is_new = role_ != LogRole::kFollowing;
    role_ = LogRole::kFollowing;
    changed_.notify_all();
    return is_new;
  }
  // The same for one that leads. False, and nothing happens, when it follows or takes over: the
  // loss is of the time before.
  bool lose() {
    const std::lock_guard lock(mutex_);
    if (role_ != LogRole::kLeading && role_ != LogRole::kHandingOver) return false;
    role_ = LogRole::kFollowing;
    changed_.notify_all();
    return true;
  }
  // Waits until the role is no longer `role`; false when the time is over.
  bool wait_while(LogRole role, std::chrono::steady_clock::duration at_most) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, at_most, [&] { return role_ != role; });
  }

 private:
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  LogRole role_;
};

}  // namespace kkr::platform
