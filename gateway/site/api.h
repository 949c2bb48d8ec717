// Everything under /v1: finds the method, has it carried out, renders the reply, and keeps what may
// be kept. Knows no method by name.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/backend/call.h"
#include "gateway/caching/position_book.h"
#include "gateway/caching/reply_cache.h"
#include "gateway/http/message.h"
#include "gateway/transcoding/transcoder.h"

namespace kkr::gateway {

class Api {
 public:
  // `services` carries out every method but those of `views`' service. All must outlive the API.
  Api(const Transcoder& transcoder, Caller& services, Caller& views,
      const google::protobuf::ServiceDescriptor* view_service, ReplyCache& cache,
      PositionBook& book)
      : transcoder_(transcoder),
        services_(services),
        views_(views),
        view_service_(view_service),
        cache_(cache),
        book_(book) {}

  std::uint64_t body_bytes_max(const http::Request& head) const;
  boost::asio::awaitable<http::Response> respond(const http::Request& request);

 private:
  struct Work {
    const http::Request& http;
    const Binding& binding;
    MessagePtr message;
    CallContext context;
    std::string cache_key;  // Empty when the reply may not come from the cache.
  };

  boost::asio::awaitable<std::optional<http::Response>> find_cached(const http::Request& request,
                                                                    const std::string& key) const;
  boost::asio::awaitable<http::Response> perform(const Work& work);
  boost::asio::awaitable<http::Response> perform_once(const Work& work);
  boost::asio::awaitable<http::Response> render(const Work& work, const CallReply& reply);

  const Transcoder& transcoder_;
  Caller& services_;
  Caller& views_;
  const google::protobuf::ServiceDescriptor* view_service_;
  ReplyCache& cache_;
  PositionBook& book_;
};

}  // namespace kkr::gateway
