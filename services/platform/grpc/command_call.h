// Turns one gRPC call into one command for the appender, and its outcome into a reply: request id,
// digest, deadline, actor, trace, refusal and failure to status are the same for every method of
// every service, so a method is one line. Handlers return at once; `request` and `reply` stay alive
// until the reactor is finished.
#pragma once

#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "services/platform/appender/command.h"
#include "services/platform/grpc/answer_pool.h"
#include "services/platform/grpc/command_stamp.h"
#include "services/platform/grpc/error_status.h"
#include "services/platform/grpc/failure_status.h"
#include "services/platform/grpc/forward_call.h"
#include "services/platform/grpc/log_position.h"
#include "services/platform/region/region_logs.h"

namespace kkr::platform {

// Finishes the call with `status` and returns its reactor: how a handler refuses.
inline grpc::ServerUnaryReactor* finish(grpc::CallbackServerContext* call, grpc::Status status) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  reactor->Finish(std::move(status));
  return reactor;
}

namespace command_call_detail {

// Where the caller's own write stands: what it must name to read it back from any replica.
template <class Domain>
void send_position(grpc::CallbackServerContext& call, RegionLogs<Domain>& logs,
                   std::string_view region, const LogHead& head, std::uint64_t position) {
  call.AddInitialMetadata(kPositionKey, LogPosition{std::string(logs.service()),
                                                    std::string(region), head.generation, position}
                                            .text());
}

// What the caller is told of an outcome.
template <class Domain, class Reply, class Render>
grpc::Status answer(grpc::CallbackServerContext& call, RegionLogs<Domain>& logs,
                    RegionLog<Domain>& log, const Outcome<Domain>& outcome, Reply& reply,
                    const Render& render) {
  if (const auto* refusal = std::get_if<Refusal<typename Domain::Rejection>>(&outcome)) {
    return to_status(*refusal);
  }
  if (const auto* failure = std::get_if<CommandFailure>(&outcome)) return failure_status(*failure);
  const auto& committed = std::get<Committed<Domain>>(outcome);
  grpc::Status status = render(committed, log, reply);
  if (status.ok()) {
    send_position(call, logs, log.region(), committed.state->head, committed.last_position);
  }
  return status;
}

// Where to send the command instead; null when it has to be answered here.
template <class Domain>
std::shared_ptr<grpc::Channel> other_leader(const grpc::CallbackServerContext& call,
                                            const RegionLogs<Domain>& logs,
                                            const RegionLog<Domain>& log,
                                            const Outcome<Domain>& outcome) {
  const auto* failure = std::get_if<CommandFailure>(&outcome);
  if (failure == nullptr || *failure != CommandFailure::kNotHolder) return nullptr;
  return was_forwarded(call) ? nullptr : logs.leader(log.region());
}

// So long a reader waits until the log it asks for was looked at; another process is asked then.
inline constexpr auto kLookMax = std::chrono::seconds(1);

// The answer from the state as it is, if that shows what the caller names.
template <class Domain, class Reply, class Answer>
grpc::Status answer_query(grpc::CallbackServerContext& call, RegionLogs<Domain>& logs,
                          RegionLog<Domain>& log, Reply& reply, const Answer& answer,
                          bool is_newest) {
  const StatePtr<Domain> state = log.state();
  grpc::Status status =
      check_seen({metadata_of(call, kMinPositionKey), metadata_of(call, kKnownPositionKey)},
                 logs.service(), log.region(), state->head, is_newest);
  if (status.ok()) status = answer(*state, log, reply);
  if (status.ok()) send_position(call, logs, log.region(), state->head, state->head.position);
  return status;
}

// One pool for each service, so that a service that asks another over gRPC while it answers cannot
// take the threads the other needs.
template <class Domain>
AnswerPool& answer_pool() {
  static AnswerPool pool(/*threads=*/4, /*waiting_max=*/1024);
  return pool;
}

}  // namespace command_call_detail

// Calls `use(log)` with the log of `region`, or finishes the call as no_such_log() says. At once
// when the log is open; else on a thread that may wait, because the service has to find out whether
// there is such a region, and to read its log.
template <class Domain, class Use>
void with_log(RegionLogs<Domain>& logs, std::string_view region, grpc::ServerUnaryReactor* reactor,
              Use use) {
  if (RegionLog<Domain>* log = logs.find_open(region)) return use(*log);
  auto look = [&logs, region = std::string(region), reactor, use = std::move(use)]() mutable {
    const auto found = logs.seek(region);
    if (const auto* why = std::get_if<NoSuchLog>(&found)) {
      return reactor->Finish(no_such_log(*why, region));
    }
    RegionLog<Domain>* const log = std::get<RegionLog<Domain>*>(found);
    use(*log);
  };
  if (!command_call_detail::answer_pool<Domain>().submit(std::move(look))) {
    reactor->Finish(failure_status(CommandFailure::kQueueFull));
  }
}

// Carries out one command in the log of `region`.
//   Decide: DecisionOf<Event, Rejection>(const State&, const Context&). Runs in the appender, on a
//           state that no other command changes meanwhile. May be run again, so it must be pure.
//   Render: grpc::Status(const Committed<Domain>&, RegionLog<Domain>&, Reply&). Runs after the
//           commit, also for a retry.
// The status of a refusal is found by argument-dependent look-up:
//   grpc::Status to_status(const Refusal<Rejection>&), in the service's rejection_status.h.
// A success sends `kkr-position` as initial metadata. Besides the refusals of the domain and the
// table in failure_status.cc, a call fails with REQUEST_ID_MISSING, REQUEST_ID_INVALID,
// ACTOR_INVALID (INVALID_ARGUMENT) and REGION_UNKNOWN (NOT_FOUND). Safe to retry with the same
// request id whatever the outcome was. A log that another process leads has the call sent on there;
// while nobody does it fails with UNAVAILABLE / REGION_CHANGES_HANDS. `reactor` is the call's: a
// handler that must ask another service first takes it, returns it, and carries the command out
// when the reply is there.
template <class Domain, class Request, class Reply, class Decide, class Render>
void run_command(grpc::CallbackServerContext* call, grpc::ServerUnaryReactor* reactor,
                 RegionLogs<Domain>& logs, std::string_view region, const Request& request,
                 Reply* reply, Decide decide, Render render) {
  auto stamped = stamp_command(*call, request, request.request_id());
  if (auto* refused = std::get_if<grpc::Status>(&stamped)) {
    return reactor->Finish(std::move(*refused));
  }

  auto& stamp = std::get<CommandStamp>(stamped);
  Command<Domain> command;
  command.request_id = std::move(stamp.request_id);
  command.digest = stamp.digest;
  command.actor = std::move(stamp.actor);
  command.traceparent = stamp.trace.traceparent();
  command.deadline = stamp.deadline;
  command.cancelled = [call] { return call->IsCancelled(); };
  command.size_bytes = request.ByteSizeLong();
  command.decide = std::move(decide);
  auto submit = [call, &logs, &request, reply, reactor, command = std::move(command),
                 render = std::move(render)](RegionLog<Domain>& log) mutable {
    command.complete = [call, &logs, &log, &request, reply, reactor,
                        render = std::move(render)](Outcome<Domain> outcome) {
      if (const auto leader = command_call_detail::other_leader(*call, logs, log, outcome)) {
        return forward_call(call, leader, request, reply,
                            [reactor](grpc::Status status) { reactor->Finish(std::move(status)); });
      }
      reactor->Finish(command_call_detail::answer(*call, logs, log, outcome, *reply, render));
    };
    log.appender().submit(std::move(command));
  };
  with_log(logs, region, reactor, std::move(submit));
}

// For a handler that has nothing to wait for first.
template <class Domain, class Request, class Reply, class Decide, class Render>
grpc::ServerUnaryReactor* run_command(grpc::CallbackServerContext* call, RegionLogs<Domain>& logs,
                                      std::string_view region, const Request& request, Reply* reply,
                                      Decide decide, Render render) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  run_command(call, reactor, logs, region, request, reply, std::move(decide), std::move(render));
  return reactor;
}

// Answers one query from the newest committed state of `region`, on a thread that may wait for the
// store.
//   Answer: grpc::Status(const StateAt<Domain>&, RegionLog<Domain>&, Reply&)
// Sends `kkr-position` as initial metadata. Honours what the caller names in `kkr-min-position` and
// `kkr-known-position` (see check_seen): a log that another process may have written further is
// looked at in the store first, for a second at most. Fails with REGION_UNKNOWN (NOT_FOUND) and
// QUEUE_FULL (RESOURCE_EXHAUSTED).
template <class Domain, class Reply, class Answer>
grpc::ServerUnaryReactor* run_query(grpc::CallbackServerContext* call, RegionLogs<Domain>& logs,
                                    std::string_view region, Reply* reply, Answer answer) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  auto work = [call, &logs, region = std::string(region), reply, reactor,
               answer = std::move(answer)] {
    const auto found = logs.seek(region);
    if (const auto* why = std::get_if<NoSuchLog>(&found)) {
      return reactor->Finish(no_such_log(*why, region));
    }
    RegionLog<Domain>* const log = std::get<RegionLog<Domain>*>(found);
    using command_call_detail::answer_query;
    grpc::Status status = answer_query(*call, logs, *log, *reply, answer, /*is_newest=*/false);
    if (!is_not_reached(status)) return reactor->Finish(std::move(status));
    log->look(command_call_detail::kLookMax, [=, &logs](bool is_newest) {
      auto again = [=, &logs] {
        reactor->Finish(answer_query(*call, logs, *log, *reply, answer, is_newest));
      };
      if (!command_call_detail::answer_pool<Domain>().submit(std::move(again))) {
        reactor->Finish(failure_status(CommandFailure::kQueueFull));
      }
    });
  };
  if (!command_call_detail::answer_pool<Domain>().submit(std::move(work))) {
    reactor->Finish(failure_status(CommandFailure::kQueueFull));
  }
  return reactor;
}

// Has a call answered by the process that leads the log of `region`, on a thread that may wait for
// the store: what is done once, and where the log's own work is done. Elsewhere the call is sent on
// to it; while nobody leads, it fails with UNAVAILABLE / REGION_CHANGES_HANDS.
//   Answer: as in run_query
template <class Domain, class Request, class Reply, class Answer>
grpc::ServerUnaryReactor* run_where_led(grpc::CallbackServerContext* call, RegionLogs<Domain>& logs,
                                        std::string_view region, const Request* request,
                                        Reply* reply, Answer answer) {
  grpc::ServerUnaryReactor* reactor = call->DefaultReactor();
  auto work = [call, &logs, region = std::string(region), request, reply, reactor,
               answer = std::move(answer)] {
    const auto found = logs.seek(region);
    if (const auto* why = std::get_if<NoSuchLog>(&found)) {
      return reactor->Finish(no_such_log(*why, region));
    }
    RegionLog<Domain>* const log = std::get<RegionLog<Domain>*>(found);
    if (log->leading()) {
      return reactor->Finish(command_call_detail::answer_query(*call, logs, *log, *reply, answer,
                                                               /*is_newest=*/true));
    }
    const auto leader = was_forwarded(*call) ? nullptr : logs.leader(region);
    if (leader == nullptr) return reactor->Finish(failure_status(CommandFailure::kNotHolder));
    forward_call(call, leader, *request, reply,
                 [reactor](grpc::Status status) { reactor->Finish(std::move(status)); });
  };
  if (!command_call_detail::answer_pool<Domain>().submit(std::move(work))) {
    reactor->Finish(failure_status(CommandFailure::kQueueFull));
  }
  return reactor;
}

}  // namespace kkr::platform
