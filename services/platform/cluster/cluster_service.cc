#include "services/platform/cluster/cluster_service.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <map>
#include <string>

#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/failure_status.h"
#include "services/platform/time/timestamp.h"

namespace kkr::platform {
namespace {

// Nobody waits longer than this, whatever the caller's deadline.
constexpr auto kSettleMax = std::chrono::seconds(5);
// Who cannot look at a log that it only follows keeps nobody from settling.
constexpr auto kLookMax = std::chrono::milliseconds(200);
// What is left of the caller's time to hear that it was too short.
constexpr auto kAnswerTime = std::chrono::milliseconds(200);

}  // namespace

grpc::ServerUnaryReactor* ClusterService::LookAround(grpc::CallbackServerContext* call,
                                                     const v1::LookAroundRequest*,
                                                     v1::LookAroundResponse* reply) {
  list_logs(own_.settlement().led(), *reply->mutable_logs());
  if (const auto* clock = own_.demo_clock())
    *reply->mutable_demo_time() = timestamp_of(clock->now());
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* ClusterService::Settle(grpc::CallbackServerContext* call,
                                                 const v1::SettleRequest* request,
                                                 v1::SettleResponse* reply) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  const auto latest = std::chrono::steady_clock::now() + kSettleMax;
  const auto deadline = std::min(steady_deadline_of(*call) - kAnswerTime, latest);
  const bool accepted = pool_.submit([this, request, reply, reactor, deadline] {
    reactor->Finish(settle(*request, deadline, *reply));
  });
  if (!accepted) reactor->Finish(failure_status(CommandFailure::kQueueFull));
  return reactor;
}

void ClusterService::list_logs(const std::set<std::string>& led,
                               google::protobuf::RepeatedPtrField<v1::LogEnd>& to) {
  for (const auto& listed : own_.directory().list()) {
    auto& end = *to.Add();
    end.set_log(listed.log);
    end.set_position(listed.head.position);
    end.set_leading(led.contains(listed.log));
  }
}

void ClusterService::catch_up(const v1::SettleRequest& request) {
  for (const v1::LogEnd& end : request.logs()) {
    const auto head = own_.directory().head(end.log());
    if (!head || head->position >= end.position()) continue;
    std::promise<void> told;
    const bool asked = own_.directory().with(end.log(), [&told](const LogEntry& entry) {
      entry.look(kLookMax, [&told](bool) { told.set_value(); });
    });
    if (asked) told.get_future().wait();
  }
}

grpc::Status ClusterService::settle(const v1::SettleRequest& request, Settlement::Deadline deadline,
                                    v1::SettleResponse& reply) {
  DemoClock* const clock = own_.demo_clock();
  if (clock == nullptr) {
    return error_status(grpc::StatusCode::FAILED_PRECONDITION, "NOT_DEMO",
                        "This process does not run on the demo clock.");
  }
  const absl::Time now = instant_of(request.now());
  // False when somebody was quicker: the clock has passed the instant then.
  static_cast<void>(clock->advance_to(now));
  std::map<std::string, std::uint64_t> ends;
  for (const v1::LogEnd& end : request.logs()) {
    watch_.tell(end.log());
    ends[end.log()] = end.position();
  }
  catch_up(request);  // So that whoever reads here when all is settled finds it.
  const auto led = own_.settlement().led();  // Before it is waited for: their work is done then.
  if (!own_.settlement().await_settled(ends, now, deadline)) {
    return error_status(grpc::StatusCode::DEADLINE_EXCEEDED, "WORK_NOT_DONE",
                        "The work due is not done yet.");
  }
  list_logs(led, *reply.mutable_logs());
  if (const auto due = own_.settlement().next_due()) {
    *reply.mutable_next_due_time() = timestamp_of(*due);
  }
  return grpc::Status::OK;
}

}  // namespace kkr::platform
