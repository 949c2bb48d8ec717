// Turns one gRPC call into one command for the appender, and its outcome into a reply: request id,
// digest, deadline, actor, trace, refusal and failure to status are the same for every method of
// every service, so a method is one line.
#pragma once

namespace kkr::platform {

// API contract, filled in by the author of platform/grpc:
//
//   // Decide: DecisionOf<Event, Rejection>(const State&, const Context&)
//   // Render: grpc::Status(const Committed<Domain>&, RegionLog<Domain>&, Reply&)
//   // Status of a refusal: found by ADL, `grpc::Status to_status(const Refusal<Rejection>&)` in
//   the
//   // service's rejection_status.h.
//   template <class Domain, class Request, class Reply, class Decide, class Render>
//   grpc::ServerUnaryReactor* run_command(grpc::CallbackServerContext* call, RegionLogs<Domain>&
//   logs,
//                                         std::string_view region, const Request& request,
//                                         Reply* reply, Decide decide, Render render);
//
//   // Answer: grpc::Status(const StateAt<Domain>&, RegionLog<Domain>&, Reply&). Sends
//   // `kkr-position` as initial metadata and honours `kkr-min-position` of the caller.
//   template <class Domain, class Reply, class Answer>
//   grpc::ServerUnaryReactor* run_query(grpc::CallbackServerContext* call, RegionLogs<Domain>&
//   logs,
//                                       std::string_view region, Reply* reply, Answer answer);
//
//   // A status with exactly one ErrorInfo (domain "kkr") and, when given, BadRequest violations.
//   grpc::Status error_status(grpc::StatusCode code, std::string_view reason, std::string message,
//                             std::map<std::string, std::string> metadata = {},
//                             std::vector<FieldViolation> violations = {});

}  // namespace kkr::platform
