#include "services/platform/event_store/turns.h"

namespace kkr::platform {

Turns::Turn Turns::take() {
  std::unique_lock lock(mutex_);
  ++waiting_;
  changed_.wait(lock, [&] { return !taken_; });
  --waiting_;
  taken_ = true;
  return Turn(*this);
}

Turns::Turn Turns::take_when_idle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !taken_ && waiting_ == 0; });
  taken_ = true;
  return Turn(*this);
}

std::size_t Turns::waiting() {
  std::lock_guard lock(mutex_);
  return waiting_;
}

void Turns::give_back() {
  {
    std::lock_guard lock(mutex_);
    taken_ = false;
  }
  changed_.notify_all();
}

}  // namespace kkr::platform
