#include "gateway/backend/grpc_caller.h"

#include <algorithm>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <optional>
#include <random>

#include "absl/time/time.h"
#include "gateway/backend/callback_queue.h"
#include "gateway/text/text.h"
#include "google/api/annotations.pb.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/impl/codegen/proto_utils.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/grpc/command_stamp.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using std::chrono::milliseconds;
using MessageStub = grpc::TemplatedGenericStub<Message, Message>;
using Metadata = std::multimap<grpc::string_ref, grpc::string_ref>;

constexpr milliseconds kPauseFirst{50};
constexpr milliseconds kPauseMax{800};

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

// Methods without an HTTP rule are not the public's; nobody waits for their repetition.
bool reads(const MethodDescriptor& method) {
  return method.options().GetExtension(google::api::http).has_get();
}

// The id makes the repetition of a command harmless.
bool has_request_id(const Message& request) {
  const auto* field = request.GetDescriptor()->FindFieldByName("request_id");
  return field != nullptr && !field->is_repeated() &&
         field->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING &&
         !request.GetReflection()->GetString(request, field).empty();
}

// Of the resource that is asked for; empty when it belongs to none.
std::string region_in(const Message& request) {
  const auto text_of = [&request](const char* name) -> std::optional<std::string> {
    const auto* field = request.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated()) return std::nullopt;
    if (field->cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_STRING) return std::nullopt;
    return request.GetReflection()->GetString(request, field);
  };
  for (const char* name : {"name", "parent"}) {
    if (const auto text = text_of(name)) return std::string(platform::region_of(*text));
  }
  return text_of("region").value_or("");
}

milliseconds repeated_for(const GrpcCaller::Call& call, const Repeats& repeats) {
  if (reads(*call.method)) return repeats.reads;
  return has_request_id(*call.request) ? repeats.commands : milliseconds(0);
}

// Between half of it and all of it, so that those who failed together do not come back together.
milliseconds jittered(milliseconds pause) {
  thread_local std::minstd_rand random(std::random_device{}());
  return milliseconds(std::uniform_int_distribution(pause.count() / 2, pause.count())(random));
}

}  // namespace

std::string service_of(const MethodDescriptor& method) {
  const auto parts = split(method.file()->package(), '.');
  return std::string(parts[parts.size() > 1 ? parts.size() - 2 : 0]);
}

GrpcCaller::GrpcCaller(Channels channels, google::protobuf::MessageFactory& factory,
                       Repeats repeats, const PositionBook* known)
    : channels_(std::move(channels)), factory_(factory), repeats_(repeats), known_(known) {
  keep_callback_queue();
}

const Ways* GrpcCaller::ways_for(const Call& call) const {
  const auto found = channels_.find(call.service.empty() ? service_of(*call.method) : call.service);
  return found == channels_.end() || found->second.none() ? nullptr : &found->second;
}

std::string GrpcCaller::known_for(const Call& call) const {
  std::string known;
  if (known_ == nullptr || !reads(*call.method)) return known;
  const std::string service = call.service.empty() ? service_of(*call.method) : call.service;
  for (const auto& position : known_->known_of(region_in(*call.request))) {
    if (position.service != service) continue;
    if (!known.empty()) known += ',';
    known += position.text();
  }
  return known;
}

// `done` runs once, on a gRPC thread or on this one.
void GrpcCaller::start(const Call& call, const CallContext& context, CallReply& reply,
                       const std::function<void()>& done) {
  const MethodDescriptor& method = *call.method;
  const Ways* ways = ways_for(call);
  if (ways == nullptr) {
    reply.status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "no channel");
    return done();
  }
  reply.message.reset(factory_.GetPrototype(method.output_type())->New());
  const auto flight = std::make_shared<Flight>(ways->take(turn_.fetch_add(1)), reply);
  fill_context(context, flight->context);
  const std::string known = known_for(call);
  if (!known.empty()) flight->context.AddMetadata(platform::kKnownPositionKey, known);
  const std::string path = concat({"/", method.service()->full_name(), "/", method.name()});
  flight->stub.UnaryCall(&flight->context, path, {}, call.request, reply.message.get(),
                         [flight, done](grpc::Status status) {
                           take_metadata(flight->context.GetServerInitialMetadata(), flight->reply);
                           take_metadata(flight->context.GetServerTrailingMetadata(),
                                         flight->reply);
                           if (!status.ok()) flight->reply.message.reset();
                           flight->reply.status = std::move(status);
                           done();
                         });
}

asio::awaitable<std::vector<CallReply>> GrpcCaller::call_once(const std::vector<Call>& calls,
                                                              const CallContext& context) {
  std::vector<CallReply> replies(calls.size());
  const auto start_all = [&](auto&& resume) {
    using Resume = std::decay_t<decltype(resume)>;
    auto shared = std::make_shared<Resume>(std::forward<decltype(resume)>(resume));
    const auto executor = asio::get_associated_executor(*shared);
    const auto open = std::make_shared<std::atomic<std::size_t>>(calls.size() + 1);
    const std::function<void()> one_less = [open, shared, executor] {
      if (open->fetch_sub(1) == 1) asio::post(executor, [shared] { (*shared)(); });
    };
    for (std::size_t i = 0; i < calls.size(); ++i) start(calls[i], context, replies[i], one_less);
    one_less();
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>&, void()>(start_all,
                                                                        asio::use_awaitable);
  co_return replies;
}

std::vector<std::size_t> GrpcCaller::to_repeat(const std::vector<Call>& calls,
                                               const std::vector<CallReply>& replies,
                                               milliseconds spent) const {
  std::vector<std::size_t> again;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    const bool unavailable = replies[i].status.error_code() == grpc::StatusCode::UNAVAILABLE;
    if (unavailable && spent < repeated_for(calls[i], repeats_) && ways_for(calls[i]) != nullptr)
      again.push_back(i);
  }
  return again;
}

asio::awaitable<std::vector<CallReply>> GrpcCaller::call_all(const std::vector<Call>& calls,
                                                             const CallContext& context) {
  std::vector<CallReply> replies = co_await call_once(calls, context);
  const auto failed_at = std::chrono::steady_clock::now();
  for (milliseconds pause = kPauseFirst;; pause = std::min(2 * pause, kPauseMax)) {
    const auto spent =
        std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - failed_at);
    const std::vector<std::size_t> again = to_repeat(calls, replies, spent);
    if (again.empty() || std::chrono::system_clock::now() + pause >= context.deadline) break;
    asio::steady_timer timer(co_await asio::this_coro::executor, jittered(pause));
    co_await timer.async_wait(asio::use_awaitable);
    std::vector<Call> repeated;
    for (const std::size_t i : again) repeated.push_back(calls[i]);
    std::vector<CallReply> answers = co_await call_once(repeated, context);
    for (std::size_t i = 0; i < again.size(); ++i) replies[again[i]] = std::move(answers[i]);
  }
  co_return replies;
}

asio::awaitable<CallReply> GrpcCaller::call(const MethodDescriptor& method, const Message& request,
                                            const CallContext& context) {
  const std::vector<Call> calls = {{&method, &request, ""}};
  std::vector<CallReply> replies = co_await call_all(calls, context);
  co_return std::move(replies.front());
}

}  // namespace kkr::gateway
