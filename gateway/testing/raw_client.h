// A blocking HTTP client for tests that sends exactly the bytes it is told to. Not for production:
// it throws when the peer is not there.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace kkr::gateway {

struct RawReply {
  int status = 0;
  std::map<std::string, std::string> headers;  // Names in lower case.
  std::string body;
};

class RawClient {
 public:
  explicit RawClient(std::uint16_t port);

  // False: the peer has closed.
  bool send(std::string_view bytes);
  // The next reply; nothing when the connection ends first. `head_only`: it answers a HEAD.
  std::optional<RawReply> receive(bool head_only = false);
  // Whatever comes until the peer closes or `stop_at` has been seen.
  std::string receive_until(std::string_view stop_at);
  // True when the peer has closed, waiting for it.
  bool is_closed();
  void shut_down_sending();

  // One request on a connection of its own.
  static std::optional<RawReply> ask(std::uint16_t port, std::string_view bytes);
  // GET with the usual headers.
  static RawReply get(std::uint16_t port, const std::string& target,
                      const std::string& headers = "");
  static RawReply send_json(std::uint16_t port, const std::string& method,
                            const std::string& target, const std::string& json,
                            const std::string& headers = "");

 private:
  bool read_more();

  boost::asio::io_context loop_;
  boost::asio::ip::tcp::socket socket_;
  std::string received_;
};

}  // namespace kkr::gateway
