#include "gateway/site/api.h"

#include "gateway/site/replies.h"
#include "gateway/site/request_context.h"
#include "gateway/text/text.h"
#include "gateway/transcoding/error_reply.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;

constexpr std::uint64_t kBodyBytesMax = 1024 * 1024;
constexpr std::uint64_t kUploadBytesMax = 25 * 1024 * 1024;

// Empty when the reply must be made for this request: a command, or a reader who has seen a
// position that a kept reply may lack.
std::string cache_key_of(const http::Request& request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (!reads || !request.header("KKR-Min-Position").empty()) return "";
  return concat(
      {"view:", request.path, "?", request.query, " ", request.header("Accept-Language")});
}

std::string joined(const std::vector<platform::LogPosition>& positions) {
  std::string text;
  for (const auto& position : positions) {
    if (!text.empty()) text += ", ";
    text += position.text();
  }
  return text;
}

// What a good reply says besides its body.
std::string reply_head(const CallReply& reply, std::string_view content_type,
                       std::string_view etag) {
  std::string head = head_for(content_type);
  if (!etag.empty()) {
    http::append_header(head, "ETag", etag);
    http::append_header(head, "Vary", "Accept-Language");
  }
  if (!reply.freshness.positions.empty())
    http::append_header(head, "KKR-Position", joined(reply.freshness.positions));
  if (!reply.content_disposition.empty())
    http::append_header(head, "Content-Disposition", reply.content_disposition);
  return head;
}

}  // namespace

std::uint64_t Api::body_bytes_max(const http::Request& head) const {
  const RouteMatch match = transcoder_.match(head.method, head.path);
  const bool uploads = match.outcome == RouteMatch::Outcome::kFound &&
                       transcoder_.bindings()[match.route].is_upload();
  return uploads ? kUploadBytesMax : kBodyBytesMax;
}

asio::awaitable<std::optional<http::Response>> Api::find_cached(const http::Request& request,
                                                                const std::string& key) const {
  if (key.empty()) co_return std::nullopt;
  const auto cached = co_await cache_.find(key);
  if (!cached) co_return std::nullopt;
  http::Response response;
  response.head = http::SharedText(cached->owner, cached->head);
  response.body = http::SharedText(cached->owner, cached->body);
  co_return unless_known(request, cached->etag, std::move(response));
}

asio::awaitable<http::Response> Api::respond(const http::Request& request) {
  std::string key = cache_key_of(request);
  if (auto cached = co_await find_cached(request, key)) co_return *std::move(cached);

  const RouteMatch match = transcoder_.match(request.method, request.path);
  switch (match.outcome) {
    case RouteMatch::Outcome::kNoSuchPath: co_return path_unknown(request.path);
    case RouteMatch::Outcome::kNoSuchMethod:
      co_return method_not_allowed(request.method, match.allowed);
    case RouteMatch::Outcome::kBadEscape:
      co_return make_response(
          make_error(Violation{"", "BAD_UTF8", "The path is not valid percent-encoded UTF-8."}));
    case RouteMatch::Outcome::kFound: break;
  }
  const Binding& binding = transcoder_.bindings()[match.route];
  auto context = read_context(request);
  if (const auto* violation = std::get_if<Violation>(&context))
    co_return make_response(make_error(*violation));
  auto message = transcoder_.read_request(
      binding, match, {request.query, request.header("Content-Type"), request.body});
  if (const auto* violation = std::get_if<Violation>(&message))
    co_return make_response(make_error(*violation));
  const Work work{request, binding, std::get<MessagePtr>(std::move(message)),
                  std::get<CallContext>(std::move(context)), std::move(key)};
  const bool is_view = binding.method->service() == view_service_;
  if (is_view && !work.cache_key.empty()) co_return co_await perform_once(work);
  co_return co_await perform(work);
}

// Of those who want the same view at the same time, one has it made and the others get a copy.
asio::awaitable<http::Response> Api::perform_once(const Work& work) {
  const bool leads = co_await cache_.lead_or_wait(work.cache_key);
  if (!leads) {
    if (auto cached = co_await find_cached(work.http, work.cache_key)) co_return *std::move(cached);
    co_return co_await perform(work);
  }
  http::Response response = co_await perform(work);
  cache_.finished(work.cache_key);
  co_return response;
}

asio::awaitable<http::Response> Api::perform(const Work& work) {
  Caller& caller = work.binding.method->service() == view_service_ ? views_ : services_;
  const CallReply reply = co_await caller.call(*work.binding.method, *work.message, work.context);
  for (const auto& position : reply.freshness.positions) book_.observe(position);
  co_return co_await render(work, reply);
}

asio::awaitable<http::Response> Api::render(const Work& work, const CallReply& reply) {
  if (!reply.status.ok())
    co_return make_response(make_error(reply.status, service_of(*work.binding.method)));
  Rendered rendered = Transcoder::write_reply(work.binding, *reply.message);
  const bool reads = work.binding.http_method == "GET";
  const std::string etag = reads ? etag_of(rendered.body) : "";
  std::string head = reply_head(reply, rendered.content_type, etag);
  if (!work.cache_key.empty())
    co_await cache_.keep(work.cache_key, reply.freshness, etag, head, rendered.body);
  http::Response response = make_response(200, std::move(head), std::move(rendered.body));
  co_return reads ? unless_known(work.http, etag, std::move(response)) : response;
}

}  // namespace kkr::gateway
