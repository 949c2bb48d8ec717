// Sends a command that came to the wrong process on to the one that leads the log, once, and its
// answer back. Reads nothing of either: what the caller sent and what it is told are the leader's.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/channel.h>
#include <grpcpp/server_context.h>

#include <functional>
#include <memory>
#include <string>

namespace kkr::platform {

// Metadata of a call that was sent on. It is not sent on again: two processes that take each other
// for the leader would play ball with it.
inline constexpr char kForwardedKey[] = "kkr-forwarded";

bool was_forwarded(const grpc::CallbackServerContext& call);

// `/package.Service/Method`: the one method that takes requests of this type; empty when none does.
std::string method_of(const google::protobuf::Descriptor& request);

// Calls the same method with `request` at `leader`, within the caller's deadline and for as long as
// the caller waits; actor and trace travel on. Calls `done` once, from a thread of gRPC, with what
// the caller is to be told; `reply` is then filled, and the position sent along. A leader that
// cannot be reached gives UNAVAILABLE / REGION_CHANGES_HANDS. `request` and `reply` must live until
// then.
void forward_call(grpc::CallbackServerContext* call, const std::shared_ptr<grpc::Channel>& leader,
                  const google::protobuf::Message& request, google::protobuf::Message* reply,
                  std::function<void(grpc::Status)> done);

}  // namespace kkr::platform
