// Which of the files that a command names the region holds: asked before the command is decided,
// because the domain asks nobody.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "kkr/consultation/v1/attachments.pb.h"
#include "services/consultation/api/calls.h"

namespace kkr::consultation {

// Takes the call's reactor and returns it. Calls `then` with the reactor and those of `wanted` that
// the region of `name` holds, each with its size and type; from a thread that may wait when the
// log is not open yet. Finishes the call itself with UNAVAILABLE / STORE_UNAVAILABLE when the files
// cannot be looked at, and with NOT_FOUND / REGION_UNKNOWN.
grpc::ServerUnaryReactor* with_held_attachments(
    grpc::CallbackServerContext* call, Logs& logs, std::string_view name,
    std::vector<v1::Attachment> wanted,
    std::function<void(grpc::ServerUnaryReactor*, std::vector<v1::Attachment> held)> then);

}  // namespace kkr::consultation
