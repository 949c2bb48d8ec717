// The calls of one view: made side by side, judged together. A service that is down costs the view
// its part; any other failure is the view's own.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/backend/grpc_caller.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "google/protobuf/timestamp.pb.h"
#include "kkr/gateway/v1/views.pb.h"
#include "services/platform/asio/awaitable.h"

namespace kkr::gateway {

class Fetch {
 public:
  // Both must outlive the fetch.
  Fetch(GrpcCaller& services, const CallContext& context)
      : services_(services), context_(context) {}

  // Adds a call for the next run() and returns its number. `method` is the full name of an RPC.
  template <typename Request>
  std::size_t add(std::string_view method, Request request) {
    return add_call(method, std::make_unique<Request>(std::move(request)));
  }

  // Makes the calls that were added since the last run.
  boost::asio::awaitable<void> run();

  // The reply to a call that was run; null when its service was down or the call failed.
  template <typename Reply>
  const Reply* reply(std::size_t call) const {
    return dynamic_cast<const Reply*>(replies_[call].message.get());
  }

  // Why there is no view: the first failure that is not an outage, or that every service is down.
  std::optional<grpc::Status> failure() const;

  // The view as the reply to its own call. A complete one holds until the day ends, because what is
  // due or in force goes by dates, or until `next_change`.
  CallReply finish(MessagePtr view,
                   std::optional<std::chrono::system_clock::time_point> next_change) const;

  // What to say of each service that was asked, in order of their names.
  google::protobuf::RepeatedPtrField<v1::ViewPart> parts() const;

 private:
  std::size_t add_call(std::string_view method, MessagePtr request);

  GrpcCaller& services_;
  const CallContext& context_;
  std::vector<MessagePtr> requests_;
  std::vector<GrpcCaller::Call> calls_;
  std::vector<CallReply> replies_;
};

// `regions/hovedstaden` of `regions/hovedstaden/rounds/7`.
std::string region_name_of(const std::string& name);

std::chrono::system_clock::time_point to_chrono(const google::protobuf::Timestamp& time);

}  // namespace kkr::gateway
