// Counts and times the calls of one method. Cheap enough for every call: nothing is looked up once
// the meter is made.
#pragma once

#include <grpcpp/support/status.h>
#include <prometheus/counter.h>
#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <chrono>
#include <string>

namespace kkr::platform {

class CallMeter {
 public:
  // `kkr_calls_total{service,method,code}` and `kkr_call_seconds{service,method}`.
  CallMeter(std::string service, std::string method);

  void count(grpc::StatusCode code, std::chrono::steady_clock::duration took);

 private:
  const std::string service_;
  const std::string method_;
  // Made when a code is first seen, so that `/metrics` shows only what happened.
  std::array<std::atomic<prometheus::Counter*>, grpc::StatusCode::UNAUTHENTICATED + 1> by_code_{};
  prometheus::Histogram& seconds_;
};

// The name of a status code as gRPC spells it, such as `NOT_FOUND`.
std::string code_name(grpc::StatusCode code);

}  // namespace kkr::platform
