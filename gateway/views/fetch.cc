#include "gateway/views/fetch.h"

#include <algorithm>
#include <map>

#include "gateway/text/text.h"
#include "gateway/transcoding/error_reply.h"
#include "google/protobuf/util/time_util.h"
#include "google/rpc/code.pb.h"
#include "services/platform/time/local_date.h"

namespace kkr::gateway {
namespace {

using google::protobuf::DescriptorPool;
using std::chrono::system_clock;

bool is_outage(const grpc::Status& status) {
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::CANCELLED:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::UNIMPLEMENTED:
    case grpc::StatusCode::DATA_LOSS: return true;
    default: return false;
  }
}

system_clock::time_point end_of_today() {
  const absl::Time end = platform::end_of(platform::local_date_of(absl::Now()));
  return absl::ToChronoTime(end);
}

grpc::Status nobody_answers(const google::protobuf::RepeatedPtrField<v1::ViewPart>& parts) {
  std::string names;
  for (const auto& part : parts) {
    if (!names.empty()) names += ", ";
    names += part.service();
  }
  const auto error = make_error(google::rpc::UNAVAILABLE, "SERVICE_UNAVAILABLE",
                                concat({"None of the services answers at present: ", names, "."}),
                                {{"service", names}});
  return {grpc::StatusCode::UNAVAILABLE, error.status.message(), error.status.SerializeAsString()};
}

}  // namespace

std::size_t Fetch::add_call(std::string_view method, MessagePtr request) {
  const auto* descriptor = DescriptorPool::generated_pool()->FindMethodByName(std::string(method));
  calls_.push_back({descriptor, request.get(), ""});
  requests_.push_back(std::move(request));
  return calls_.size() - 1;
}

boost::asio::awaitable<void> Fetch::run() {
  const auto first = static_cast<std::ptrdiff_t>(replies_.size());
  const std::vector<GrpcCaller::Call> fresh(calls_.begin() + first, calls_.end());
  std::vector<CallReply> replies = co_await services_.call_all(fresh, context_);
  for (CallReply& reply : replies) replies_.push_back(std::move(reply));
}

std::optional<grpc::Status> Fetch::failure() const {
  for (const CallReply& reply : replies_)
    if (!reply.status.ok() && !is_outage(reply.status)) return reply.status;
  const auto shown = parts();
  const bool none =
      std::none_of(shown.begin(), shown.end(), [](const auto& part) { return part.available(); });
  return none ? std::optional(nobody_answers(shown)) : std::nullopt;
}

google::protobuf::RepeatedPtrField<v1::ViewPart> Fetch::parts() const {
  std::map<std::string, v1::ViewPart> by_service;
  for (std::size_t i = 0; i < replies_.size(); ++i) {
    const std::string service = service_of(*calls_[i].method);
    const auto [at, is_new] = by_service.try_emplace(service);
    v1::ViewPart& part = at->second;
    part.set_service(service);
    if (is_new) part.set_available(true);
    if (replies_[i].status.ok()) continue;
    part.set_available(false);
    part.set_problem(make_error(replies_[i].status, service).status.message());
  }
  google::protobuf::RepeatedPtrField<v1::ViewPart> parts;
  for (auto& [service, part] : by_service) *parts.Add() = std::move(part);
  return parts;
}

CallReply Fetch::finish(MessagePtr view,
                        std::optional<system_clock::time_point> next_change) const {
  CallReply whole;
  whole.message = std::move(view);
  whole.freshness.valid_until = std::min(end_of_today(), next_change.value_or(end_of_today()));
  whole.freshness.is_complete = true;
  for (const CallReply& reply : replies_) {
    if (!reply.status.ok() || reply.freshness.positions.empty())
      whole.freshness.is_complete = false;
    for (const auto& position : reply.freshness.positions) {
      const bool known =
          std::any_of(whole.freshness.positions.begin(), whole.freshness.positions.end(),
                      [&position](const auto& other) { return other.text() == position.text(); });
      if (!known) whole.freshness.positions.push_back(position);
    }
  }
  return whole;
}

std::string region_name_of(const std::string& name) {
  const auto parts = split(name, '/');
  return parts.size() < 2 ? name : concat({parts[0], "/", parts[1]});
}

system_clock::time_point to_chrono(const google::protobuf::Timestamp& time) {
  using google::protobuf::util::TimeUtil;
  const std::chrono::nanoseconds since_1970(TimeUtil::TimestampToNanoseconds(time));
  return system_clock::time_point(std::chrono::duration_cast<system_clock::duration>(since_1970));
}

}  // namespace kkr::gateway
