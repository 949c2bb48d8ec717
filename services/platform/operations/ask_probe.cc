#include "services/platform/operations/ask_probe.h"

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <chrono>

#include "services/platform/operations/endpoint.h"

namespace kkr::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds kAnswerTimeMax{3};

tcp::endpoint reachable(tcp::endpoint endpoint) {
  if (!endpoint.address().is_unspecified()) return endpoint;
  if (endpoint.address().is_v4()) return {asio::ip::address_v4::loopback(), endpoint.port()};
  return {asio::ip::address_v6::loopback(), endpoint.port()};
}

// One question; ends with `error` unset and a response, or with what went wrong.
class Question {
 public:
  explicit Question(const std::string& path) : request_(http::verb::get, path, 11) {
    request_.set(http::field::host, "localhost");
    request_.keep_alive(false);
  }

  void ask(const tcp::endpoint& endpoint) {
    stream_.expires_after(kAnswerTimeMax);
    stream_.async_connect(endpoint, [this](error_code error) {
      if (!failed(error)) send();
    });
    context_.run();
  }

  const error_code& error() const { return error_; }
  const http::response<http::string_body>& response() const { return response_; }

 private:
  void send() {
    http::async_write(stream_, request_, [this](error_code error, std::size_t) {
      if (!failed(error)) receive();
    });
  }
  void receive() {
    http::async_read(stream_, buffer_, response_,
                     [this](error_code error, std::size_t) { failed(error); });
  }
  bool failed(error_code error) {
    error_ = error;
    return static_cast<bool>(error);
  }

  asio::io_context context_{1};
  beast::tcp_stream stream_{context_};
  beast::flat_buffer buffer_;
  http::request<http::empty_body> request_;
  http::response<http::string_body> response_;
  error_code error_;
};

}  // namespace

std::optional<std::string> ask_probe(const std::string& listen_address, const std::string& path) {
  const auto endpoint = endpoint_of(listen_address);
  if (!endpoint) return "'" + listen_address + "' is not an IP address and a port.";
  Question question(path);
  question.ask(reachable(*endpoint));
  if (question.error()) {
    return "There is no answer at " + listen_address + ": " + question.error().message() + ".";
  }
  if (question.response().result() == http::status::ok) return std::nullopt;
  std::string said = question.response().body();
  while (!said.empty() && said.back() == '\n') said.pop_back();
  return said.empty() ? "It answers " + std::to_string(question.response().result_int()) + "."
                      : said;
}

}  // namespace kkr::platform
