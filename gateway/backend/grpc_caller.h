// Calls the services over gRPC, by generic stub: it links no service's stubs and needs none. It
// neither retries nor waits for a channel that is down: the client is told at once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/backend/call.h"
#include "grpcpp/channel.h"

namespace kkr::gateway {

// Service name (`consultation`) to the channel that leads to it, in this process or over the net.
using Channels = std::map<std::string, std::shared_ptr<grpc::Channel>, std::less<>>;

class GrpcCaller : public Caller {
 public:
  // `factory` makes the messages of replies and must outlive the caller.
  GrpcCaller(Channels channels, google::protobuf::MessageFactory& factory);

  boost::asio::awaitable<CallReply> call(const google::protobuf::MethodDescriptor& method,
                                         const google::protobuf::Message& request,
                                         const CallContext& context) override;

  struct Call {
    const google::protobuf::MethodDescriptor* method;
    const google::protobuf::Message* request;
    // The service to ask, when the method does not tell: every service has an EventLogService.
    std::string service = {};
  };
  // Side by side; returns when all have been answered, in the order of `calls`.
  boost::asio::awaitable<std::vector<CallReply>> call_all(const std::vector<Call>& calls,
                                                          const CallContext& context);

 private:
  Channels channels_;
  google::protobuf::MessageFactory& factory_;
};

}  // namespace kkr::gateway
