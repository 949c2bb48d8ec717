#include "services/registry/api/clock_api.h"

#include <algorithm>
#include <utility>

#include "services/platform/time/timestamp.h"
#include "services/registry/domain/demo_clock.h"

namespace kkr::registry {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto kWaitMax = std::chrono::minutes(2);
constexpr auto kSlice = std::chrono::milliseconds(500);

}  // namespace

grpc::ServerUnaryReactor* ClockApi::GetClock(grpc::CallbackServerContext* call,
                                             const v1::GetClockRequest*, v1::Clock* reply) {
  return ask(call, national_, reply, [this](const State&, Log&, v1::Clock& shown) {
    show(shown);
    return grpc::Status::OK;
  });
}

// Not by run_command: the call is answered only after the work that follows from the commit, which
// needs the threads that run_command answers from.
grpc::ServerUnaryReactor* ClockApi::AdvanceClock(grpc::CallbackServerContext* call,
                                                 const v1::AdvanceClockRequest* request,
                                                 v1::Clock* reply) {
  auto stamped = platform::stamp_command(*call, *request, request->request_id());
  if (auto* refused = std::get_if<grpc::Status>(&stamped)) {
    return platform::finish(call, std::move(*refused));
  }
  auto& stamp = std::get<platform::CommandStamp>(stamped);
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  const auto deadline = std::min(stamp.deadline, Steady::now() + kWaitMax);
  platform::Command<Registry> command;
  command.request_id = std::move(stamp.request_id);
  command.digest = stamp.digest;
  command.actor = std::move(stamp.actor);
  command.traceparent = stamp.trace.traceparent();
  command.deadline = stamp.deadline;
  command.size_bytes = request->ByteSizeLong();
  command.decide = [request, is_demo = demo_.clock != nullptr](const State&,
                                                               const Context& context) -> Decision {
    return decide(is_demo, *request, context);
  };
  command.complete = [this, call, request, reply, reactor,
                      deadline](const platform::Outcome<Registry>& outcome) {
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
      return reactor->Finish(to_status(*refusal));
    }
    if (const auto* failure = std::get_if<platform::CommandFailure>(&outcome)) {
      const Log& log = *national_.logs.find_open(kNationalLog);
      const auto leader =
          platform::command_call_detail::other_leader(*call, national_.logs, log, outcome);
      if (leader == nullptr) return reactor->Finish(platform::failure_status(*failure));
      return platform::forward_call(call, leader, *request, reply, [reactor](grpc::Status status) {
        reactor->Finish(std::move(status));
      });
    }
    waiting_.post([this, call, to = platform::instant_of(request->to()), reply, reactor, deadline] {
      const grpc::Status status = move(*call, to, deadline);
      show(*reply);
      reactor->Finish(status);
    });
  };
  national_.logs.find(kNationalLog)->appender().submit(std::move(command));
  return reactor;
}

grpc::Status ClockApi::move(const grpc::CallbackServerContext& call, absl::Time to,
                            Steady::time_point deadline) {
  if (!demo_.await_rest) {
    // False when a later command was quicker: the clock has passed the instant then.
    static_cast<void>(demo_.clock->advance_to(to));
    return grpc::Status::OK;
  }
  // What has just been recorded may still become work due on the way.
  for (bool rested = rests(call, demo_.clock->now(), deadline); rested;) {
    const absl::Time now = demo_.clock->now();
    if (now >= to) return grpc::Status::OK;
    const auto due = demo_.next_due();
    const absl::Time stop = due && *due > now ? std::min(*due, to) : to;
    static_cast<void>(demo_.clock->advance_to(stop));
    rested = rests(call, stop, deadline);
  }
  return platform::error_status(
      grpc::StatusCode::DEADLINE_EXCEEDED, "WORK_NOT_DONE",
      "The work due on the way is not done yet. Ask again with the same request id.");
}

// In slices, so that a caller who has left, or a site that stops, is not waited for.
bool ClockApi::rests(const grpc::CallbackServerContext& call, absl::Time instant,
                     Steady::time_point deadline) const {
  for (Steady::time_point now = Steady::now(); now < deadline && !call.IsCancelled();
       now = Steady::now()) {
    if (demo_.await_rest(instant, std::min(deadline, now + kSlice))) return true;
  }
  return false;
}

void ClockApi::show(v1::Clock& reply) const {
  const absl::Time now = national_.clock.now();
  *reply.mutable_now() = platform::timestamp_of(now);
  reply.set_local_date(platform::format_date(platform::local_date_of(now)));
  reply.set_demo(national_.clock.is_demo());
}

}  // namespace kkr::registry
