// Calls the services over gRPC, by generic stub: it links no service's stubs and needs none. It
// repeats what found nobody there only where that is harmless, and only for as long as it is told.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "gateway/backend/call.h"
#include "gateway/caching/position_book.h"
#include "grpcpp/channel.h"

namespace kkr::gateway {

// What leads to one service: one channel, or several alike that are taken in turn.
class Ways {
 public:
  Ways() = default;
  Ways(std::shared_ptr<grpc::Channel> one) : channels_{std::move(one)} {}  // NOLINT: is a way.
  Ways(std::vector<std::shared_ptr<grpc::Channel>> alike)                  // NOLINT: are ways.
      : channels_(std::move(alike)) {}

  bool none() const { return channels_.empty(); }
  // Unless none().
  const std::shared_ptr<grpc::Channel>& take(std::size_t turn) const {
    return channels_[turn % channels_.size()];
  }

 private:
  std::vector<std::shared_ptr<grpc::Channel>> channels_;
};

// By service name (`consultation`), in this process or over the net.
using Channels = std::map<std::string, Ways, std::less<>>;

// For how long a call is made again that came back UNAVAILABLE. Zero: it is not.
struct Repeats {
  std::chrono::milliseconds reads{0};
  // A command is repeated only with a `request_id`. It may have to wait for a region to change
  // hands.
  std::chrono::milliseconds commands{0};
};

class GrpcCaller : public Caller {
 public:
  // `factory` makes the messages of replies; what is read must show every position in `known`,
  // unless that is null. Both must outlive the caller.
  GrpcCaller(Channels channels, google::protobuf::MessageFactory& factory, Repeats repeats = {},
             const PositionBook* known = nullptr);

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
  boost::asio::awaitable<std::vector<CallReply>> call_once(const std::vector<Call>& calls,
                                                           const CallContext& context);
  void start(const Call& call, const CallContext& context, CallReply& reply,
             const std::function<void()>& done);
  // The numbers of the calls to make again after a pause that began when `spent` had passed.
  std::vector<std::size_t> to_repeat(const std::vector<Call>& calls,
                                     const std::vector<CallReply>& replies,
                                     std::chrono::milliseconds spent) const;
  // What a reply must show, as metadata; empty for nothing.
  std::string known_for(const Call& call) const;
  // Null when there are none.
  const Ways* ways_for(const Call& call) const;

  const Channels channels_;
  google::protobuf::MessageFactory& factory_;
  const Repeats repeats_;
  const PositionBook* const known_;
  std::atomic<std::size_t> turn_{0};
};

}  // namespace kkr::gateway
