// One call to a method behind the gateway, whoever carries it out: a service over gRPC, or an
// aggregated view of the gateway's own.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "grpcpp/support/status.h"
#include "services/platform/asio/awaitable.h"
#include "services/platform/grpc/log_position.h"

namespace kkr::gateway {

using MessagePtr = std::unique_ptr<google::protobuf::Message>;

// What goes with a request, the same for every call that one HTTP request causes.
struct CallContext {
  std::vector<std::pair<std::string, std::string>> metadata;
  std::chrono::system_clock::time_point deadline;
};

// How long a reply stays true: until one of the logs it was made from goes on, or until an instant.
struct Freshness {
  std::vector<platform::LogPosition> positions;
  std::optional<std::chrono::system_clock::time_point> valid_until;
  // True when the one who made the reply vouches that nothing but these two can change it.
  bool is_complete = false;
};

struct CallReply {
  grpc::Status status;
  MessagePtr message;  // Null unless the status is OK.
  Freshness freshness;
  std::string content_disposition;  // Of a file.
};

class Caller {
 public:
  virtual ~Caller() = default;
  // Answers on the caller's executor, at the latest at the deadline. `request` and `context` must
  // live until then.
  virtual boost::asio::awaitable<CallReply> call(const google::protobuf::MethodDescriptor& method,
                                                 const google::protobuf::Message& request,
                                                 const CallContext& context) = 0;
};

// `consultation` of `kkr.consultation.v1.RoundService`.
std::string service_of(const google::protobuf::MethodDescriptor& method);

}  // namespace kkr::gateway
