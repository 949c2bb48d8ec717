// Where a Redis server is and how much it may cost to ask it.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace kkr::platform {

struct RedisOptions {
  std::string socket;  // The path of its socket file.
  std::chrono::milliseconds reply_time_max{100};
  std::chrono::milliseconds rest{1000};       // After a reply did not come in time.
  std::size_t value_bytes_max = 1024 * 1024;  // A larger one is not kept.
  std::size_t waiting_max = 1024;             // Commands unanswered on one loop.
};

}  // namespace kkr::platform
