#include "gateway/site/front.h"

#include <chrono>
#include <stdexcept>

#include "gateway/site/replies.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;

http::Response plain_text(int status, std::string text) {
  return make_response(status, head_for("text/plain; charset=utf-8"), std::move(text));
}

// Outside the coroutine: g++ 12 cannot compile a braced list there.
http::Response only_get(std::string_view method) { return method_not_allowed(method, {"GET"}); }

bool reads(std::string_view method) { return method == "GET" || method == "HEAD"; }

}  // namespace

Front::Front(Api& api, RegionStreams& streams, platform::Probes& probes, const Index& index,
             std::string openapi)
    : api_(api), streams_(streams), probes_(probes) {
  std::string head = head_for(kJsonType);
  const std::string etag = etag_of(openapi);
  http::append_header(head, "ETag", etag);
  const http::SharedText openapi_head(std::move(head));
  const http::SharedText openapi_body(std::move(openapi));
  pages_["/"] = [&index](const http::Request& request) { return index.respond(request); };
  pages_["/openapi.json"] = [openapi_head, openapi_body, etag](const http::Request& request) {
    http::Response response;
    response.head = openapi_head;
    response.body = openapi_body;
    return unless_known(request, etag, std::move(response));
  };
  pages_["/healthz"] = [](const http::Request&) { return plain_text(200, "ok\n"); };
  pages_["/readyz"] = [this](const http::Request&) { return readiness(); };
  pages_["/metrics"] = [this](const http::Request&) {
    return make_response(200, head_for("text/plain; version=0.0.4; charset=utf-8"),
                         probes_.metrics());
  };
}

http::Response Front::readiness() {
  const auto reason = probes_.not_ready_because();
  return reason ? plain_text(503, *reason + "\n") : plain_text(200, "ready\n");
}

std::uint64_t Front::body_bytes_max(const http::Request& head) { return api_.body_bytes_max(head); }

http::Response Front::refuse(http::Refusal refusal) {
  http::Response response = make_response(refusal);
  meter_.count("", response.status, {});
  return response;
}

asio::awaitable<http::Response> Front::respond(const http::Request& request) {
  const auto began = std::chrono::steady_clock::now();
  http::Response response = co_await answer(request);
  meter_.count(request.method, response.status, std::chrono::steady_clock::now() - began);
  co_return response;
}

asio::awaitable<http::Response> Front::answer(const http::Request& request) {
  if (const auto page = pages_.find(request.path); page != pages_.end()) {
    if (!reads(request.method)) co_return only_get(request.method);
    co_return page->second(request);
  }
  if (streams_.is_at(request.path)) {
    if (request.method != "GET") co_return only_get(request.method);
    co_return co_await streams_.open(request);
  }
  co_return co_await api_.respond(request);
}

}  // namespace kkr::gateway
