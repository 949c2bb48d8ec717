#include "gateway/http/connection.h"

#include <array>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <limits>

#include "gateway/text/text.h"

namespace kkr::gateway::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using beast::http::field;
using boost::system::error_code;

constexpr std::size_t kReadBytes = 8 * 1024;
constexpr std::uint64_t kLingerBytesMax = 64 * 1024 * 1024;
// What every response says. Pages set a policy of their own for content.
constexpr std::string_view kCommonHead =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

asio::const_buffer buffer(std::string_view text) { return {text.data(), text.size()}; }

// Beast is lenient where two readers of one request could disagree on where it ends.
bool is_ambiguous(const beast::http::request_header<>& head) {
  if (head.count(field::host) > 1 || (head.version() == 11 && head.count(field::host) == 0))
    return true;
  if (head.count(field::content_length) > 1) return true;
  if (head.count(field::transfer_encoding) == 0) return false;
  return head.count(field::transfer_encoding) > 1 || head.count(field::content_length) > 0 ||
         !equals_ignoring_case(view(head[field::transfer_encoding]), "chunked");
}

Refusal refusal_of(error_code error) {
  if (error == beast::http::error::header_limit || error == beast::http::error::buffer_overflow)
    return Refusal::kHeaderTooLarge;
  if (error == beast::http::error::body_limit) return Refusal::kBodyTooLarge;
  return Refusal::kMalformed;
}

bool is_http_fault(error_code error) {
  return error.category() ==
             beast::http::make_error_code(beast::http::error::bad_target).category() &&
         error != beast::http::error::end_of_stream && error != beast::http::error::partial_message;
}

Request request_of(const beast::http::request_header<>& head, std::string_view body) {
  const std::string_view target = view(head.target());
  const std::size_t mark = std::min(target.find('?'), target.size());
  return {view(head.method_string()), target.substr(0, mark),
          target.substr(std::min(mark + 1, target.size())), head, body};
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Worker& worker, Site& site,
                       const Limits& limits, std::atomic<std::size_t>& open_count)
    : socket_(std::move(socket)),
      worker_(worker),
      site_(site),
      limits_(limits),
      open_count_(open_count),
      deadline_(std::chrono::steady_clock::now() + limits.idle_time_max) {}

Connection::~Connection() {
  worker_.remove(*this);
  open_count_.fetch_sub(1);
}

void Connection::give_time(std::chrono::milliseconds time) {
  deadline_ = std::chrono::steady_clock::now() + time;
}

void Connection::drain() {
  if (waits_for_request_) give_time(limits_.drain_quiet_time);
  if (stream_) stream_->close();
}

void Connection::close() {
  if (stream_) stream_->close();
  error_code ignored;
  socket_.close(ignored);
}

asio::awaitable<void> Connection::serve(std::unique_ptr<Connection> self) {
  self->worker_.add(*self);
  error_code ignored;
  self->socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  for (;;) {
    if (!co_await self->wait_for_bytes()) break;
    const Next next = co_await self->serve_one();
    if (next == Next::kLinger) co_await self->linger();
    if (next != Next::kAnotherRequest) break;
  }
}

asio::awaitable<void> Connection::turn_away(std::unique_ptr<Connection> self) {
  self->worker_.add(*self);
  self->give_time(self->limits_.linger_time_max);
  co_await self->refuse(Refusal::kTooManyClients);
  co_await self->linger();
}

// True once there is something of a request; the time for its header runs from here.
asio::awaitable<bool> Connection::wait_for_bytes() {
  if (buffer_.size() == 0) {
    waits_for_request_ = true;
    give_time(worker_.is_draining() ? limits_.drain_quiet_time : limits_.idle_time_max);
    error_code error;
    const std::size_t count = co_await socket_.async_read_some(
        buffer_.prepare(kReadBytes), asio::redirect_error(asio::use_awaitable, error));
    waits_for_request_ = false;
    if (error) co_return false;
    buffer_.commit(count);
  }
  give_time(limits_.header_time_max);
  co_return true;
}

asio::awaitable<Connection::Next> Connection::serve_one() {
  Parser parser;
  parser.header_limit(limits_.header_bytes_max);
  // The real limit depends on the header. None at all would refuse every body: Boost 1.74 compares
  // with it.
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  error_code error;
  co_await beast::http::async_read_header(socket_, buffer_, parser,
                                          asio::redirect_error(asio::use_awaitable, error));
  if (error) {
    if (!is_http_fault(error)) co_return Next::kClose;
    co_return co_await refuse(refusal_of(error));
  }
  give_time(limits_.request_time_max);
  const auto& head = parser.get();
  if (is_ambiguous(head) || head.version() > 11) co_return co_await refuse(Refusal::kMalformed);
  if (head.target().size() > limits_.target_bytes_max)
    co_return co_await refuse(Refusal::kTargetTooLong);
  if (!parser.is_done()) {
    const auto bytes_max = site_.body_bytes_max(request_of(head, ""));
    const Next next = co_await read_body(parser, bytes_max);
    if (next != Next::kAnotherRequest) co_return next;
  }
  co_return co_await answer(parser);
}

// kAnotherRequest: the body is there.
asio::awaitable<Connection::Next> Connection::read_body(Parser& parser, std::uint64_t bytes_max) {
  if (parser.content_length().value_or(0) > bytes_max)
    co_return co_await refuse(Refusal::kBodyTooLarge);
  parser.body_limit(bytes_max);
  error_code error;
  if (equals_ignoring_case(view(parser.get()[field::expect]), "100-continue")) {
    co_await asio::async_write(socket_, buffer("HTTP/1.1 100 Continue\r\n\r\n"),
                               asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return Next::kClose;
  }
  co_await beast::http::async_read(socket_, buffer_, parser,
                                   asio::redirect_error(asio::use_awaitable, error));
  if (!error) co_return Next::kAnotherRequest;
  if (!is_http_fault(error)) co_return Next::kClose;
  co_return co_await refuse(refusal_of(error));
}

asio::awaitable<Connection::Next> Connection::answer(Parser& parser) {
  const auto& message = parser.get();
  const Request request = request_of(message, message.body());
  const Response response = co_await site_.respond(request);
  if (response.stream) {
    co_await write_stream(response);
    co_return Next::kClose;
  }
  const bool keep_alive = message.keep_alive() && !worker_.is_draining();
  if (!co_await write(response, request.method != "HEAD", keep_alive)) co_return Next::kClose;
  co_return keep_alive ? Next::kAnotherRequest : Next::kLinger;
}

asio::awaitable<Connection::Next> Connection::refuse(Refusal refusal) {
  const Response response = site_.refuse(refusal);
  co_return co_await write(response, true, false) ? Next::kLinger : Next::kClose;
}

void Connection::write_head(const Response& response, bool keep_alive) {
  head_ = "HTTP/1.1 ";
  head_ += std::to_string(response.status);
  head_ += ' ';
  head_ += reason_phrase(response.status);
  head_ += "\r\n";
  head_ += worker_.date_line();
  if (!response.stream && response.status != 204 && response.status != 304) {
    head_ += "Content-Length: ";
    head_ += std::to_string(response.body.text.size());
    head_ += "\r\n";
  }
  if (!keep_alive) head_ += "Connection: close\r\n";
  head_ += kCommonHead;
  head_ += response.head.text;
  head_ += "\r\n";
}

asio::awaitable<bool> Connection::write(const Response& response, bool with_body, bool keep_alive) {
  write_head(response, keep_alive);
  const bool has_body = with_body && response.status != 204 && response.status != 304;
  const std::string_view body = has_body ? response.body.text : std::string_view();
  const std::size_t seconds = body.size() / limits_.slowest_bytes_per_second;
  give_time(limits_.write_time_max + std::chrono::seconds(seconds));
  const std::array<asio::const_buffer, 2> parts = {buffer(head_), buffer(body)};
  error_code error;
  co_await asio::async_write(socket_, parts, asio::redirect_error(asio::use_awaitable, error));
  co_return !error;
}

asio::awaitable<bool> Connection::write_stream(const Response& response) {
  stream_ = response.stream;
  bool alive = co_await write(response, false, false);
  if (worker_.is_draining()) stream_->close();
  while (alive) {
    deadline_ = std::chrono::steady_clock::time_point::max();
    const std::optional<std::string> piece = co_await stream_->next();
    if (!piece) break;
    give_time(limits_.write_time_max);
    error_code error;
    co_await asio::async_write(socket_, buffer(*piece),
                               asio::redirect_error(asio::use_awaitable, error));
    alive = !error;
  }
  stream_->close();
  stream_.reset();
  co_return alive;
}

// Closing a socket with unread bytes resets it, and the client may lose the answer.
asio::awaitable<void> Connection::linger() {
  give_time(limits_.linger_time_max);
  error_code error;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, error);
  std::uint64_t read = 0;
  while (!error && read < kLingerBytesMax) {
    buffer_.clear();
    read += co_await socket_.async_read_some(buffer_.prepare(kReadBytes),
                                             asio::redirect_error(asio::use_awaitable, error));
  }
}

}  // namespace kkr::gateway::http
