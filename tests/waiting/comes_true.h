// Waits in a test for what other threads bring about. Says no when it does not come in the time a
// paused machine may need; a test that succeeds waits no longer than it must.
#pragma once

#include <chrono>
#include <thread>

namespace kkr::waiting {

// False when `condition` is still not true after 20 s. It is asked from this thread.
template <class Condition>
bool comes_true(Condition&& condition) {
  using std::chrono::steady_clock;
  const auto end = steady_clock::now() + std::chrono::seconds(20);
  while (!condition()) {
    if (steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

}  // namespace kkr::waiting
