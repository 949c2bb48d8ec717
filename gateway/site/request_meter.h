// Counts and times what the gateway answers, for `/metrics`. Cheap enough for every request; paths
// are not told apart, because a client chooses them.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>

namespace kkr::gateway {

class RequestMeter {
 public:
  // `kkr_http_requests_total{method,status}` and `kkr_http_seconds`. A stream counts when it
  // begins.
  RequestMeter();

  // From any thread.
  void count(std::string_view method, int status, std::chrono::steady_clock::duration took);

 private:
  static constexpr std::size_t kMethods = 8;
  static constexpr std::size_t kStatuses = 600;

  // Made when an answer is first given, so that `/metrics` shows only what happened.
  std::array<std::atomic<prometheus::Counter*>, kMethods * kStatuses> answers_{};
  prometheus::Histogram& seconds_;
};

}  // namespace kkr::gateway
