// One client connection: reads HTTP/1.1 requests one after the other, has the site answer them, and
// writes the answers in order. Refuses what could be read in two ways (request smuggling) and gives
// no client more time, header or body than its limits allow.
#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "gateway/http/limits.h"
#include "gateway/http/site.h"
#include "gateway/http/worker.h"

namespace kkr::gateway::http {

class Connection {
 public:
  // `open_count` has been raised for this connection and is lowered when it is gone.
  Connection(boost::asio::ip::tcp::socket socket, Worker& worker, Site& site, const Limits& limits,
             std::atomic<std::size_t>& open_count);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Serves until either side is done; then destroys the connection. On the worker's thread.
  static boost::asio::awaitable<void> serve(std::unique_ptr<Connection> self);
  // Answers that there are too many clients, and closes.
  static boost::asio::awaitable<void> turn_away(std::unique_ptr<Connection> self);

  bool is_overdue(std::chrono::steady_clock::time_point now) const { return now >= deadline_; }
  void drain();
  void close();

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
  enum class Next { kAnotherRequest, kLinger, kClose };

  boost::asio::awaitable<bool> wait_for_bytes();
  boost::asio::awaitable<Next> serve_one();
  boost::asio::awaitable<Next> read_body(Parser& parser, std::uint64_t bytes_max);
  boost::asio::awaitable<Next> answer(Parser& parser);
  boost::asio::awaitable<Next> refuse(Refusal refusal);
  boost::asio::awaitable<bool> write(const Response& response, bool with_body, bool keep_alive);
  boost::asio::awaitable<bool> write_stream(const Response& response);
  boost::asio::awaitable<void> linger();

  void give_time(std::chrono::milliseconds time);
  void write_head(const Response& response, bool keep_alive);

  boost::asio::ip::tcp::socket socket_;
  Worker& worker_;
  Site& site_;
  const Limits& limits_;
  std::atomic<std::size_t>& open_count_;
  std::chrono::steady_clock::time_point deadline_;
  boost::beast::flat_buffer buffer_;
  std::string head_;
  std::shared_ptr<BodyStream> stream_;
  bool waits_for_request_ = false;
};

}  // namespace kkr::gateway::http
