// How much of everything one client, and all of them together, may have.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kkr::gateway::http {

struct Limits {
  std::uint32_t header_bytes_max = 16 * 1024;
  std::size_t target_bytes_max = 8 * 1024;
  std::size_t connections_max = 4096;
  // From the first byte of a request to the end of its header.
  std::chrono::milliseconds header_time_max{10'000};
  // Between requests.
  std::chrono::milliseconds idle_time_max{60'000};
  // From the end of the header to the start of the answer.
  std::chrono::milliseconds request_time_max{30'000};
  // For writing an answer, besides the time a body takes at `slowest_bytes_per_second`; also for
  // each piece of a stream.
  std::chrono::milliseconds write_time_max{10'000};
  std::size_t slowest_bytes_per_second = 32 * 1024;
  // For a client that is told to go: to stop sending, so that it gets to read the answer.
  std::chrono::milliseconds linger_time_max{2'000};
  // How long a drain leaves a quiet connection open for a request that is on its way.
  std::chrono::milliseconds drain_quiet_time{300};
};

}  // namespace kkr::gateway::http
