// The one shape of every error that leaves a service: a gRPC status whose trailing details hold a
// google.rpc.Status with exactly one ErrorInfo (domain "kkr") and, where fields are to blame, a
// BadRequest. Sentences are for people and may change; reasons are for programs and may not.
#pragma once

#include <grpcpp/support/status.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kkr::platform {

// A field of the request that is to blame, and what is wrong with it.
struct FieldViolation {
  std::string field;  // The path, such as `questions[2].unit`.
  std::string description;
};

// `reason` is UPPER_SNAKE_CASE, `message` a sentence. `metadata` holds ids, dates and numbers only.
grpc::Status error_status(grpc::StatusCode code, std::string_view reason,
                          const std::string& message,
                          const std::map<std::string, std::string>& metadata = {},
                          const std::vector<FieldViolation>& violations = {});

// How one kind of refusal leaves a service.
struct OutwardRefusal {
  grpc::StatusCode code;
  const char* reason;
  const char* sentence;
};

// The status of a refusal with these details. Where they name a `field`, it is to blame, for the
// `rule` they name. `sentence` stands in for the usual one where it is given.
grpc::Status refusal_status(const OutwardRefusal& outward,
                            const std::map<std::string, std::string>& details,
                            const std::optional<std::string>& sentence = std::nullopt);

// The reason an `error_status` was made with; empty for any other status.
std::string reason_of(const grpc::Status& status);

}  // namespace kkr::platform
