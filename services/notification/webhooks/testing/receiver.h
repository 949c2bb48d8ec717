// A real HTTP server on this machine that notes what it is sent and answers as it is told to. For
// tests.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace kkr::notification {

class Receiver {
 public:
  using Request = boost::beast::http::request<boost::beast::http::string_body>;
  struct Answer {
    unsigned status = 204;
    std::string location{};  // Where to instead; empty: no such header.
    std::size_t body_bytes = 0;
    bool hangs_up = false;     // Closes without an answer.
    bool keeps_quiet = false;  // Answers nothing until the peer closes.
  };

  Receiver();
  ~Receiver();

  // `http://{host}:{port}/inbox`.
  std::string url(const std::string& host = "127.0.0.1") const;
  // The answers to the next requests, in this order; then 204.
  void will_answer(std::vector<Answer> answers);

  std::vector<Request> requests() const;
  // How many connections were made.
  std::size_t connections() const;

 private:
  void serve();
  void serve_connection(boost::asio::ip::tcp::socket socket);
  Answer next_answer(Request request);

  mutable std::mutex mutex_;
  std::deque<Answer> answers_;
  std::vector<Request> requests_;
  std::size_t connections_ = 0;
  bool ends_ = false;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::thread thread_;
};

}  // namespace kkr::notification
