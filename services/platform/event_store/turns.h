// Who may use the one connection: commands and readers first, work in slices (backup, scrub) only
// when nobody else waits.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace kkr::platform {

class Turns {
 public:
  // Holds the connection until it goes out of scope.
  class Turn {
   public:
    explicit Turn(Turns& turns) : turns_(turns) {}
    ~Turn() { turns_.give_back(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

   private:
    Turns& turns_;
  };

  // Blocks until the connection is free.
  [[nodiscard]] Turn take();
  // Blocks until the connection is free and no take() waits.
  [[nodiscard]] Turn take_when_idle();
  // How many are blocked in take().
  std::size_t waiting();

 private:
  void give_back();

  std::mutex mutex_;
  std::condition_variable changed_;
  bool taken_ = false;
  std::size_t waiting_ = 0;  // In take().
};

}  // namespace kkr::platform
