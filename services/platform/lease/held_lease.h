// The right of this process to append to one log, as its store sees it. Who grants it, and to whom
// it goes next, is not known here.
#pragma once

#include <atomic>
#include <cstdint>

namespace kkr::platform {

// Set by whoever keeps the leases, read by the store in every append. From any thread.
class HeldLease {
 public:
  // The epoch under which the log may be appended to; 0 when another process may.
  std::uint64_t epoch() const { return epoch_.load(); }
  void hold(std::uint64_t epoch) { epoch_.store(epoch); }
  void let_go() { epoch_.store(0); }

 private:
  std::atomic<std::uint64_t> epoch_ = 0;
};

}  // namespace kkr::platform
