// What a call brings besides its request, read once on arrival: request id, digest, actor, deadline
// and trace. Nothing here is believed about the time or about who is allowed to act.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "services/platform/event_store/event_store.h"
#include "services/platform/trace/trace_context.h"

namespace kkr::platform {

// Names of the metadata, as gRPC wants them: lower case.
inline constexpr char kActorKey[] = "kkr-actor";
inline constexpr char kTraceparentKey[] = "traceparent";
inline constexpr char kPositionKey[] = "kkr-position";
inline constexpr char kMinPositionKey[] = "kkr-min-position";
inline constexpr char kKnownPositionKey[] = "kkr-known-position";

struct CommandStamp {
  std::string request_id;  // A UUID in lower case.
  Hash digest{};
  std::string actor;
  TraceContext trace;
  std::chrono::steady_clock::time_point deadline;
};

// The stamp of a command, or INVALID_ARGUMENT with REQUEST_ID_MISSING, REQUEST_ID_INVALID (field
// `request_id`) or ACTOR_INVALID.
std::variant<CommandStamp, grpc::Status> stamp_command(const grpc::CallbackServerContext& call,
                                                       const google::protobuf::Message& request,
                                                       std::string_view request_id);

// SHA-256 over the full name of the request's type, which belongs to one method only, and its
// deterministic serialization.
Hash command_digest(const google::protobuf::Message& request);

// The last value the client sent under `key`; empty when it sent none.
std::string_view metadata_of(const grpc::CallbackServerContext& call, std::string_view key);

// When the caller stops waiting, on the clock nobody can set.
std::chrono::steady_clock::time_point steady_deadline_of(const grpc::CallbackServerContext& call);

}  // namespace kkr::platform
