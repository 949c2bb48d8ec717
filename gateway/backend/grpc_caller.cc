#include "gateway/backend/grpc_caller.h"

#include <atomic>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>

#include "absl/time/time.h"
#include "gateway/backend/callback_queue.h"
#include "gateway/text/text.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using MessageStub = grpc::TemplatedGenericStub<Message, Message>;
using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

// One RPC under way: gRPC wants all of this to stay where it is until the end.
struct Flight {
  Flight(const std::shared_ptr<grpc::Channel>& channel, CallReply& into)
      : stub(channel), reply(into) {}

  grpc::ClientContext context;
  MessageStub stub;
  CallReply& reply;
};

std::string_view view(grpc::string_ref text) { return {text.data(), text.size()}; }

void take_metadata(const Metadata& metadata, CallReply& reply) {
  for (const auto& [name, value] : metadata) {
    const std::string_view text = view(value);
    if (view(name) == "kkr-position") {
      if (auto position = platform::parse_log_position(text))
        reply.freshness.positions.push_back(*std::move(position));
    } else if (view(name) == "kkr-valid-until") {
      absl::Time until;
      std::string ignored;
      if (!absl::ParseTime(absl::RFC3339_full, std::string(text), &until, &ignored)) continue;
      reply.freshness.valid_until = absl::ToChronoTime(until);
      reply.freshness.is_complete = true;
    } else if (view(name) == "content-disposition") {
      reply.content_disposition = text;
    }
  }
}

void fill_context(const CallContext& from, grpc::ClientContext& to) {
  to.set_deadline(from.deadline);
  for (const auto& [name, value] : from.metadata) to.AddMetadata(name, value);
}

// Starts every call; `done` runs once, on a gRPC thread, after the last has ended.
void start_all(const Channels& channels, const std::vector<GrpcCaller::Call>& calls,
               const CallContext& context, std::vector<CallReply>& replies,
               const std::function<void()>& done) {
  const auto open = std::make_shared<std::atomic<std::size_t>>(calls.size() + 1);
  const auto one_less = [open, done] {
    if (open->fetch_sub(1) == 1) done();
  };
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const MethodDescriptor& method = *calls[i].method;
    const auto channel =
        channels.find(calls[i].service.empty() ? service_of(method) : calls[i].service);
    if (channel == channels.end()) {
      replies[i].status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "no channel");
      one_less();
      continue;
    }
    const auto flight = std::make_shared<Flight>(channel->second, replies[i]);
    fill_context(context, flight->context);
    const std::string path = concat({"/", method.service()->full_name(), "/", method.name()});
    flight->stub.UnaryCall(
        &flight->context, path, {}, calls[i].request, replies[i].message.get(),
        [flight, one_less](grpc::Status status) {
          take_metadata(flight->context.GetServerInitialMetadata(), flight->reply);
          take_metadata(flight->context.GetServerTrailingMetadata(), flight->reply);
          if (!status.ok()) flight->reply.message.reset();
          flight->reply.status = std::move(status);
          one_less();
        });
  }
  one_less();
}

}  // namespace

std::string service_of(const MethodDescriptor& method) {
  const auto parts = split(method.file()->package(), '.');
  return std::string(parts[parts.size() > 1 ? parts.size() - 2 : 0]);
}

GrpcCaller::GrpcCaller(Channels channels, google::protobuf::MessageFactory& factory)
    : channels_(std::move(channels)), factory_(factory) {
  keep_callback_queue();
}

asio::awaitable<std::vector<CallReply>> GrpcCaller::call_all(const std::vector<Call>& calls,
                                                             const CallContext& context) {
  std::vector<CallReply> replies(calls.size());
  for (std::size_t i = 0; i < calls.size(); ++i)
    replies[i].message.reset(factory_.GetPrototype(calls[i].method->output_type())->New());
  const auto start = [&](auto&& resume) {
    using Resume = std::decay_t<decltype(resume)>;
    auto shared = std::make_shared<Resume>(std::forward<decltype(resume)>(resume));
    const auto executor = asio::get_associated_executor(*shared);
    start_all(channels_, calls, context, replies,
              [shared, executor] { asio::post(executor, [shared] { (*shared)(); }); });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start, asio::use_awaitable);
  co_return replies;
}

asio::awaitable<CallReply> GrpcCaller::call(const MethodDescriptor& method, const Message& request,
                                            const CallContext& context) {
  const std::vector<Call> calls = {{&method, &request, ""}};
  std::vector<CallReply> replies = co_await call_all(calls, context);
  co_return std::move(replies.front());
}

}  // namespace kkr::gateway
