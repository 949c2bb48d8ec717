#include "tests/contract/nats_server.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/waiting/comes_true.h"

namespace kkr::platform {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

class Socket {
 public:
  Socket() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() { ::close(socket_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  // The port the system gave it.
  std::uint16_t bind() {
    sockaddr_in address = loopback(0);
    socklen_t length = sizeof(address);
    ::bind(socket_, reinterpret_cast<sockaddr*>(&address), length);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.sin_port);
  }
  bool connect(std::uint16_t port) {
    const sockaddr_in address = loopback(port);
    return ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  }

 private:
  const int socket_;
};

}  // namespace

NatsServers::NatsServers(std::size_t count, const std::string& more) : nodes_(count) {
  {
    std::vector<Socket> held(2 * count);  // Until all are known, so that none is given twice.
    for (std::size_t i = 0; i < count; ++i) {
      nodes_[i].port = held[2 * i].bind();
      nodes_[i].cluster_port = held[2 * i + 1].bind();
    }
  }
  for (std::size_t i = 0; i < count; ++i) configure(i, more);
  for (std::size_t i = 0; i < count; ++i) start(i);
}

std::vector<std::string> NatsServers::urls() const {
  std::vector<std::string> urls;
  for (std::size_t i = 0; i < nodes_.size(); ++i) urls.push_back(url(i));
  return urls;
}

std::string NatsServers::url(std::size_t node) const {
  return "nats://127.0.0.1:" + std::to_string(nodes_.at(node).port);
}

std::string NatsServers::log_file(std::size_t node) const {
  return folder_.path(name(node) + ".log");
}

void NatsServers::configure(std::size_t node, const std::string& more) const {
  std::ofstream out(folder_.path(name(node) + ".conf"));
  out << "server_name: " << name(node) << "\nhost: 127.0.0.1\nport: " << nodes_[node].port
      << "\nlog_file: \"" << log_file(node) << "\"\njetstream { store_dir: \""
      << folder_.path(name(node)) << "\" }\n"
      << more << '\n';
  if (nodes_.size() == 1) return;
  out << "cluster {\n  name: kkr\n  listen: \"127.0.0.1:" << nodes_[node].cluster_port
      << "\"\n  routes: [\n";
  for (const Node& other : nodes_)
    out << "    \"nats-route://127.0.0.1:" << other.cluster_port << "\"\n";
  out << "  ]\n}\n";
}

void NatsServers::kill(std::size_t node) { nodes_.at(node).process = nullptr; }

void NatsServers::start(std::size_t node) {
  Node& started = nodes_.at(node);
  // The server ends with the test, also with one that crashes.
  started.process = std::make_unique<processes::ChildProcess>(std::vector<std::string>{
      "setpriv", "--pdeathsig", "KILL", "nats-server", "-c", folder_.path(name(node) + ".conf")});
  if (!waiting::comes_true([&] { return Socket().connect(started.port); }))
    throw std::runtime_error("nats-server does not listen: " + log_file(node));
}

void NatsServers::wipe(std::size_t node) { std::filesystem::remove_all(folder_.path(name(node))); }

}  // namespace kkr::platform
