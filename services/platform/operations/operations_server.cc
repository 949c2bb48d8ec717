#include "services/platform/operations/operations_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>
#include <thread>
#include <utility>

#include "services/platform/operations/endpoint.h"

namespace kkr::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::chrono::seconds kRequestTimeMax{5};
constexpr std::uint32_t kHeaderBytesMax = 8 * 1024;

using Response = http::response<http::string_body>;

Response response_of(http::status status, std::string body) {
  Response response(status, 11);
  response.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
  response.set(http::field::cache_control, "no-store");
  response.keep_alive(false);
  response.body() = std::move(body);
  return response;
}

Response answer(Probes& probes, const http::request<http::empty_body>& request) {
  if (request.method() != http::verb::get) {
    Response refusal = response_of(http::status::method_not_allowed, "Only GET is answered.\n");
    refusal.set(http::field::allow, "GET");
    return refusal;
  }
  if (request.target() == "/healthz") return response_of(http::status::ok, "ok\n");
  if (request.target() == "/metrics") return response_of(http::status::ok, probes.metrics());
  if (request.target() != "/readyz") {
    return response_of(http::status::not_found, "There are /healthz, /readyz and /metrics.\n");
  }
  if (const auto reason = probes.not_ready_because()) {
    return response_of(http::status::service_unavailable, *reason + "\n");
  }
  return response_of(http::status::ok, "ready\n");
}

// One request and its answer; keeps itself alive until the answer is written.
class Exchange final : public std::enable_shared_from_this<Exchange> {
 public:
  Exchange(asio::ip::tcp::socket socket, Probes& probes)
      : stream_(std::move(socket)), probes_(probes) {
    parser_.header_limit(kHeaderBytesMax);
    parser_.body_limit(kHeaderBytesMax);
  }

  void run() {
    stream_.expires_after(kRequestTimeMax);
    http::async_read(stream_, buffer_, parser_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (!error) self->reply();
                     });
  }

 private:
  void reply() {
    response_ = answer(probes_, parser_.get());
    response_.prepare_payload();
    http::async_write(stream_, response_, [self = shared_from_this()](error_code, std::size_t) {
      error_code ignored;
      self->stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    });
  }

  beast::tcp_stream stream_;
  Probes& probes_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  Response response_;
};

}  // namespace

class OperationsServer::Listener {
 public:
  explicit Listener(Probes& probes) : probes_(probes), acceptor_(context_) {}
  ~Listener() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
  }

  std::optional<std::string> start(const std::string& address) {
    const auto endpoint = endpoint_of(address);
    if (!endpoint) return "'" + address + "' is not an IP address and a port.";
    error_code error;
    acceptor_.open(endpoint->protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(*endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) return "It cannot listen on " + address + ": " + error.message() + ".";
    accept();
    thread_ = std::thread([this] { context_.run(); });
    return std::nullopt;
  }

  std::uint16_t port() const {
    error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
  }

 private:
  void accept() {
    acceptor_.async_accept([this](error_code error, asio::ip::tcp::socket socket) {
      if (!error) std::make_shared<Exchange>(std::move(socket), probes_)->run();
      accept();
    });
  }

  Probes& probes_;
  asio::io_context context_{1};
  asio::ip::tcp::acceptor acceptor_;
  std::thread thread_;
};

OperationsServer::OperationsServer(Probes& probes) : probes_(probes) {}
OperationsServer::~OperationsServer() = default;

std::optional<std::string> OperationsServer::start(const std::string& address) {
  listener_ = std::make_unique<Listener>(probes_);
  auto problem = listener_->start(address);
  if (problem) listener_ = nullptr;
  return problem;
}

void OperationsServer::stop() { listener_ = nullptr; }

std::uint16_t OperationsServer::port() const { return listener_ ? listener_->port() : 0; }

}  // namespace kkr::platform
