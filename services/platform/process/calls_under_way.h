// How many calls a gRPC server is in the middle of. Needed because the transport within a process
// cuts its calls off when the server shuts down, instead of letting them end as sockets do.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

namespace kkr::platform {

class CallsUnderWay {
 public:
  void begin();
  void end();
  // True when no call has been under way for `quiet`, at the latest at the deadline.
  bool wait_for_none(std::chrono::steady_clock::time_point deadline,
                     std::chrono::milliseconds quiet);

 private:
  std::mutex mutex_;
  std::condition_variable none_;
  std::size_t count_ = 0;
  std::size_t begun_ = 0;
};

// Counts the calls of the server it is given to, meters each method (call_meter.h), and logs each
// call with its trace: as an error or a warning when it failed by our fault, else for debugging.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> counting_calls(
    std::shared_ptr<CallsUnderWay> calls);

}  // namespace kkr::platform
