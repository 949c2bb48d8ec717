#include "services/notification/webhooks/testing/receiver.h"

#include <boost/asio/ip/address_v4.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <utility>

namespace kkr::notification {
namespace {

namespace http = boost::beast::http;
using boost::asio::ip::tcp;

}  // namespace

Receiver::Receiver()
    : acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}),
      thread_([this] { serve(); }) {}

Receiver::~Receiver() {
  {
    const std::lock_guard lock(mutex_);
    ends_ = true;
  }
  boost::system::error_code ignored;
  tcp::socket(context_).connect(acceptor_.local_endpoint(), ignored);  // Wakes accept().
  thread_.join();
}

std::string Receiver::url(const std::string& host) const {
  return "http://" + host + ":" + std::to_string(acceptor_.local_endpoint().port()) + "/inbox";
}

void Receiver::will_answer(std::vector<Answer> answers) {
  const std::lock_guard lock(mutex_);
  answers_.assign(answers.begin(), answers.end());
}

std::vector<Receiver::Request> Receiver::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t Receiver::connections() const {
  const std::lock_guard lock(mutex_);
  return connections_;
}

void Receiver::serve() {
  for (;;) {
    boost::system::error_code failed;
    tcp::socket socket(context_);
    acceptor_.accept(socket, failed);
    {
      const std::lock_guard lock(mutex_);
      if (ends_ || failed) return;
      ++connections_;
    }
    serve_connection(std::move(socket));
  }
}

// One after the other: whoever tests sends from one client at a time.
void Receiver::serve_connection(tcp::socket socket) {
  boost::beast::flat_buffer buffer;
  boost::system::error_code failed;
  for (;;) {
    Request request;
    http::read(socket, buffer, request, failed);
    if (failed) return;
    const Answer answer = next_answer(std::move(request));
    if (answer.hangs_up) return;
    if (answer.keeps_quiet) {
      http::read(socket, buffer, request, failed);
      return;
    }
    http::response<http::string_body> response;
    response.result(answer.status);
    if (!answer.location.empty()) response.set(http::field::location, answer.location);
    response.body() = std::string(answer.body_bytes, 'x');
    response.keep_alive(true);
    response.prepare_payload();
    http::write(socket, response, failed);
    if (failed) return;
  }
}

Receiver::Answer Receiver::next_answer(Request request) {
  const std::lock_guard lock(mutex_);
  requests_.push_back(std::move(request));
  if (answers_.empty()) return {};
  const Answer answer = answers_.front();
  answers_.pop_front();
  return answer;
}

}  // namespace kkr::notification
