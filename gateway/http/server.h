// The HTTP/1.1 server: listens, spreads connections over its workers, and drains without failing a
// request. It speaks no TLS and knows nobody: see listen_policy.h.
#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/http/limits.h"
#include "gateway/http/site.h"
#include "gateway/http/worker.h"

namespace kkr::gateway::http {

class Server {
 public:
  // `site` must outlive the server.
  Server(Site& site, Limits limits, unsigned thread_count);
  // Closes what drain() has not.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Listens and serves; port 0 takes a free one. A sentence when it cannot.
  std::optional<std::string> start(const std::string& address, std::uint16_t port);
  std::uint16_t port() const { return port_; }
  std::size_t connection_count() const { return open_count_.load(); }

  // Stops listening, lets requests in flight finish, ends streams and closes; whatever is left
  // after `grace` is cut off. Returns when no connection is left. Safe to repeat.
  void drain(std::chrono::milliseconds grace);

 private:
  void accept();
  void take(boost::asio::ip::tcp::socket socket, Worker& worker);
  void stop_listening();
  bool wait_until_empty(std::chrono::milliseconds time) const;

  Site& site_;
  const Limits limits_;
  std::atomic<std::size_t> open_count_{0};
  std::vector<std::unique_ptr<Worker>> workers_;
  std::size_t next_worker_ = 0;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer accept_again_;
  std::uint16_t port_ = 0;
  bool running_ = false;
};

}  // namespace kkr::gateway::http
