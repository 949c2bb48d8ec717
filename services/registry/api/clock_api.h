// ClockService over gRPC. Moving the demo clock is an event first: the clock itself moves when the
// event is in the log, so that it stands where it stood after a restart.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "kkr/registry/v1/clock.grpc.pb.h"
#include "services/platform/threads/worker_pool.h"
#include "services/platform/time/clock.h"
#include "services/registry/api/national_log.h"

namespace kkr::registry {

// What is moved, and what has to come of it.
struct DemoTime {
  platform::DemoClock* clock = nullptr;  // Null on an ordinary site.
  // Blocks until all work of the site due up to the instant is done; false when the deadline comes
  // first.
  std::function<bool(absl::Time, std::chrono::steady_clock::time_point)> await_rest;
  // The next instant at which the site has something to do. The clock stops there on its way, so
  // that a site that ran is not taken for one that was down.
  std::function<std::optional<absl::Time>()> next_due;
};

class ClockApi final : public v1::ClockService::CallbackService {
 public:
  ClockApi(NationalLog national, DemoTime demo) : national_(national), demo_(std::move(demo)) {}

  grpc::ServerUnaryReactor* GetClock(grpc::CallbackServerContext* call,
                                     const v1::GetClockRequest* request, v1::Clock* reply) override;
  grpc::ServerUnaryReactor* AdvanceClock(grpc::CallbackServerContext* call,
                                         const v1::AdvanceClockRequest* request,
                                         v1::Clock* reply) override;

 private:
  void show(v1::Clock& reply) const;
  // Moves the clock from one due instant to the next and waits for what is due at each;
  // DEADLINE_EXCEEDED when that takes too long.
  grpc::Status move(const grpc::CallbackServerContext& call, absl::Time to,
                    std::chrono::steady_clock::time_point deadline);
  // False when the caller has left, or the deadline comes first.
  bool rests(const grpc::CallbackServerContext& call, absl::Time instant,
             std::chrono::steady_clock::time_point deadline) const;

  NationalLog national_;
  const DemoTime demo_;
  // Waiting for due work must not take a thread which that work needs.
  platform::WorkerPool waiting_{1};
};

}  // namespace kkr::registry
