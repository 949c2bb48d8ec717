#include "gateway/http/server.h"

#include <linux/filter.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

#include "gateway/http/connection.h"

namespace kkr::gateway::http {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using tcp = asio::ip::tcp;

// Beyond its limit the server still says so to a few; more are closed without a word.
constexpr std::size_t kTurnedAwayMax = 64;
// After a failed accept, which mostly means that the process has no file descriptor left.
constexpr std::chrono::milliseconds kAcceptPause{50};

std::vector<std::unique_ptr<Worker>> make_workers(unsigned count) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (unsigned i = 0; i < std::max(count, 1U); ++i) workers.push_back(std::make_unique<Worker>());
  return workers;
}

// Has the kernel ignore every SYN to the socket. The client tries again a second later and finds
// nobody, or the next process. Should it fail, a few clients may see a reset.
void drop_new_handshakes(int socket) {
  constexpr unsigned kFlagsOffset = 13;  // In the TCP header.
  constexpr unsigned kSyn = 0x02;
  std::array<sock_filter, 4> program = {{
      BPF_STMT(BPF_LD | BPF_B | BPF_ABS, kFlagsOffset),
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, kSyn, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, 0),
      BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF),
  }};
  const sock_fprog filter{program.size(), program.data()};
  setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
}

void run_and_wait(asio::io_context& loop, const std::function<void()>& work) {
  std::promise<void> done;
  asio::post(loop, [&work, &done] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace

Server::Server(Site& site, Limits limits, unsigned thread_count)
    : site_(site),
      limits_(limits),
      workers_(make_workers(thread_count)),
      acceptor_(workers_.front()->loop()),
      accept_again_(workers_.front()->loop()) {}

Server::~Server() { drain(std::chrono::milliseconds(0)); }

std::optional<std::string> Server::start(const std::string& address, std::uint16_t port) {
  error_code error;
  const tcp::endpoint endpoint(asio::ip::make_address(address, error), port);
  if (!error) acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) acceptor_.non_blocking(true, error);
  if (error)
    return "Cannot listen on " + address + ":" + std::to_string(port) + ": " + error.message() +
           ".";
  port_ = acceptor_.local_endpoint().port();
  running_ = true;
  accept();
  for (auto& worker : workers_) worker->start();
  return std::nullopt;
}

void Server::accept() {
  Worker& worker = *workers_[next_worker_++ % workers_.size()];
  acceptor_.async_accept(worker.loop(), [this, &worker](error_code error, tcp::socket socket) {
    if (!error) take(std::move(socket), worker);  // Also when it came in while the door closed.
    if (!acceptor_.is_open()) return;
    if (!error) return accept();
    accept_again_.expires_after(kAcceptPause);
    accept_again_.async_wait([this](error_code) {
      if (acceptor_.is_open()) accept();
    });
  });
}

void Server::take(tcp::socket socket, Worker& worker) {
  const std::size_t open = open_count_.fetch_add(1) + 1;
  if (open > limits_.connections_max + kTurnedAwayMax) {
    open_count_.fetch_sub(1);
    return;
  }
  const bool welcome = open <= limits_.connections_max;
  auto connection =
      std::make_unique<Connection>(std::move(socket), worker, site_, limits_, open_count_);
  asio::co_spawn(worker.loop(),
                 welcome ? Connection::serve(std::move(connection))
                         : Connection::turn_away(std::move(connection)),
                 asio::detached);
}

// Clients that are connected already, as far as they can tell, are taken in before the socket
// closes: closing it would reset them. So the door is shut to new ones first.
void Server::stop_listening() {
  drop_new_handshakes(acceptor_.native_handle());
  error_code error;
  while (!error) {
    Worker& worker = *workers_[next_worker_++ % workers_.size()];
    tcp::socket socket(worker.loop());
    acceptor_.accept(socket, error);
    if (!error) take(std::move(socket), worker);
  }
  acceptor_.close(error);
  accept_again_.cancel();
}

bool Server::wait_until_empty(std::chrono::milliseconds time) const {
  const auto end = std::chrono::steady_clock::now() + time;
  while (open_count_.load() > 0 && std::chrono::steady_clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  return open_count_.load() == 0;
}

void Server::drain(std::chrono::milliseconds grace) {
  if (!std::exchange(running_, false)) return;
  run_and_wait(workers_.front()->loop(), [this] { stop_listening(); });
  for (auto& worker : workers_) run_and_wait(worker->loop(), [&worker] { worker->drain(); });
  if (!wait_until_empty(grace))
    for (auto& worker : workers_) run_and_wait(worker->loop(), [&worker] { worker->close_all(); });
  wait_until_empty(limits_.request_time_max);
  for (auto& worker : workers_) worker->stop();
  for (auto& worker : workers_) worker->join();
}

}  // namespace kkr::gateway::http
