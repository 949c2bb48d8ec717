// The shape of every error that leaves the gateway (AIP-193): a google.rpc.Status with exactly one
// ErrorInfo, as `{"error": {...}}`. The one table from code to HTTP status is in the source file.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "gateway/transcoding/violation.h"
#include "google/rpc/code.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/support/status.h"

namespace kkr::gateway {

struct ErrorReply {
  int http_status = 500;
  google::rpc::Status status;
};

// The HTTP status that stands for a code.
int http_status_of(google::rpc::Code code);

// An error of the gateway's own. `reason` is UPPER_SNAKE_CASE, `message` a sentence.
ErrorReply make_error(google::rpc::Code code, std::string reason, std::string message,
                      const std::map<std::string, std::string>& metadata = {});

// A request that could not be understood: INVALID_ARGUMENT with the field.
ErrorReply make_error(const Violation& violation);

// What a service answered with. UNAVAILABLE without details means that the service `service` could
// not be reached, and says so. A missing ErrorInfo is added, a second one dropped.
ErrorReply make_error(const grpc::Status& status, std::string_view service);

// {"error": {"code": 400, "message": ..., "status": "INVALID_ARGUMENT", "details": [...]}}
std::string render_error(const ErrorReply& error);

}  // namespace kkr::gateway
