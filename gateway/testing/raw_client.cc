#include "gateway/testing/raw_client.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

#include "gateway/text/text.h"

namespace kkr::gateway {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

}  // namespace

RawClient::RawClient(std::uint16_t port) : socket_(loop_) {
  socket_.connect({asio::ip::address_v4::loopback(), port});
}

bool RawClient::send(std::string_view bytes) {
  error_code error;
  asio::write(socket_, asio::buffer(bytes.data(), bytes.size()), error);
  return !error;
}

bool RawClient::read_more() {
  std::array<char, 65536> chunk{};
  error_code error;
  const std::size_t count = socket_.read_some(asio::buffer(chunk), error);
  received_.append(chunk.data(), count);
  return !error;
}

std::optional<RawReply> RawClient::receive(bool head_only) {
  std::size_t end = 0;
  while ((end = received_.find("\r\n\r\n")) == std::string::npos)
    if (!read_more()) return std::nullopt;
  RawReply reply;
  const std::string head = received_.substr(0, end);
  received_.erase(0, end + 4);
  const auto lines = split(head, '\n');
  reply.status = std::stoi(std::string(lines.front().substr(lines.front().find(' ') + 1)));
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto colon = lines[i].find(':');
    std::string_view value = trim(lines[i].substr(colon + 1));
    if (!value.empty() && value.back() == '\r') value.remove_suffix(1);
    reply.headers[lower(lines[i].substr(0, colon))] = std::string(value);
  }
  const bool empty = head_only || reply.status == 204 || reply.status == 304;
  const std::size_t length = empty || reply.headers.count("content-length") == 0
                                 ? 0
                                 : std::stoul(reply.headers["content-length"]);
  while (received_.size() < length)
    if (!read_more()) return std::nullopt;
  reply.body = received_.substr(0, length);
  received_.erase(0, length);
  return reply;
}

std::string RawClient::receive_until(std::string_view stop_at) {
  while (received_.find(stop_at) == std::string::npos)
    if (!read_more()) break;
  const std::size_t found = received_.find(stop_at);
  const std::size_t length = found == std::string::npos ? received_.size() : found + stop_at.size();
  std::string text = received_.substr(0, length);
  received_.erase(0, length);
  return text;
}

bool RawClient::is_closed() {
  while (read_more()) {
  }
  return true;
}

void RawClient::shut_down_sending() {
  error_code ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

std::optional<RawReply> RawClient::ask(std::uint16_t port, std::string_view bytes) {
  RawClient client(port);
  client.send(bytes);
  return client.receive(bytes.substr(0, 5) == "HEAD ");
}

RawReply RawClient::get(std::uint16_t port, const std::string& target, const std::string& headers) {
  const auto reply = ask(
      port, "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
  if (!reply) throw std::runtime_error("no reply to GET " + target);
  return *reply;
}

RawReply RawClient::send_json(std::uint16_t port, const std::string& method,
                              const std::string& target, const std::string& json,
                              const std::string& headers) {
  const auto reply = ask(
      port, method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" +
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(json.size()) +
                "\r\n" + headers + "\r\n" + json);
  if (!reply) throw std::runtime_error("no reply to " + method + " " + target);
  return *reply;
}

}  // namespace kkr::gateway
