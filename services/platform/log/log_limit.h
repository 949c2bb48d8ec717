// Keeps a failure that comes back a thousand times a second from filling the disk with one
// sentence.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::platform {

class LogLimit {
 public:
  // In one second at most `per_second` lines of one message.
  explicit LogLimit(int per_second) : per_second_(per_second) {}

  // Whether a line may be written: how many of the same message were left out since the last that
  // was; nullopt when this one is to be left out as well.
  std::optional<std::int64_t> admit(std::string_view message,
                                    std::chrono::steady_clock::time_point now);

 private:
  struct Second {
    std::chrono::steady_clock::time_point begins;
    int written = 0;
    std::int64_t left_out = 0;
  };

  Second& second_of(std::string_view message, std::chrono::steady_clock::time_point now);

  const int per_second_;
  std::mutex mutex_;
  std::map<std::string, Second, std::less<>> seconds_;  // By message.
};

}  // namespace kkr::platform
