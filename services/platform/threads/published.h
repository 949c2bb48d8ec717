// The newest version of an immutable value: one writer replaces it, readers take a pointer and
// look at it for as long as they like.
#pragma once

#include <memory>
#include <mutex>
#include <utility>

namespace kkr::platform {

// A lock around the copy of the pointer only. std::atomic<std::shared_ptr> of g++ 12 does the same
// with a spin bit that the thread sanitizer cannot see through.
template <class T>
class Published {
 public:
  explicit Published(std::shared_ptr<const T> first) : value_(std::move(first)) {}

  std::shared_ptr<const T> load() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

  void store(std::shared_ptr<const T> next) {
    const std::lock_guard lock(mutex_);
    value_.swap(next);  // The old value is released after the lock.
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
};

}  // namespace kkr::platform
