#include "services/all/demo/http_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <thread>

namespace kkr::demo {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::chrono::seconds kReplyTimeout{30};
constexpr std::chrono::seconds kPatience{30};
constexpr std::chrono::milliseconds kPause{100};
constexpr std::uint64_t kReplyBytesMax = 64ULL << 20;

}  // namespace

struct HttpClient::Connection {
  asio::io_context loop;
  beast::tcp_stream stream{loop};
  beast::flat_buffer buffer;
};

HttpClient::HttpClient(std::uint16_t port) : port_(port) {}
HttpClient::~HttpClient() = default;

HttpReply HttpClient::send(const std::string& method, const std::string& target,
                           const std::map<std::string, std::string>& headers,
                           const std::string& body) {
  const auto patient_until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    HttpReply reply = send_once(method, target, headers, body);
    const bool may_pass = reply.status == 0 || reply.status == 503;
    if (!may_pass || std::chrono::steady_clock::now() > patient_until) return reply;
    std::this_thread::sleep_for(kPause);
  }
}

HttpReply HttpClient::send_once(const std::string& method, const std::string& target,
                                const std::map<std::string, std::string>& headers,
                                const std::string& body) {
  http::request<http::string_body> request;
  request.method_string(method);
  request.target(target);
  request.version(11);
  request.set(http::field::host, "127.0.0.1:" + std::to_string(port_));
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = body;
  request.prepare_payload();

  try {
    if (connection_ == nullptr) {
      auto fresh = std::make_unique<Connection>();
      fresh->stream.expires_after(kReplyTimeout);
      fresh->stream.connect({asio::ip::address_v4::loopback(), port_});
      connection_ = std::move(fresh);
    }
    connection_->stream.expires_after(kReplyTimeout);
    http::write(connection_->stream, request);
    http::response_parser<http::string_body> parser;
    parser.body_limit(kReplyBytesMax);
    http::read(connection_->stream, connection_->buffer, parser);
    const auto& reply = parser.get();
    HttpReply result{static_cast<int>(reply.result_int()),
                     std::string(reply[http::field::content_type]), reply.body()};
    if (!reply.keep_alive()) connection_.reset();
    return result;
  } catch (const std::exception& error) {  // Asio reports a broken connection by throwing.
    connection_.reset();
    return {0, "", error.what()};
  }
}

}  // namespace kkr::demo
