#include "gateway/http/worker.h"

#include <array>
#include <boost/asio/post.hpp>
#include <ctime>
#include <vector>

#include "gateway/http/connection.h"

namespace kkr::gateway::http {
namespace {

constexpr std::chrono::milliseconds kTick{100};

}  // namespace

Worker::Worker() : work_(boost::asio::make_work_guard(loop_)), timer_(loop_) { write_date(); }

void Worker::join() {
  if (thread_.joinable()) thread_.join();
}

void Worker::start() {
  tick();
  thread_ = std::thread([this] { loop_.run(); });
}

void Worker::stop() {
  boost::asio::post(loop_, [this] {
    stopped_ = true;  // A tick that is on its way cannot be cancelled any more.
    timer_.cancel();
    work_.reset();
  });
}

void Worker::drain() {
  draining_ = true;
  for (Connection* connection : connections_) connection->drain();
}

void Worker::close_all() {
  for (Connection* connection : std::vector(connections_.begin(), connections_.end()))
    connection->close();
}

void Worker::tick() {
  timer_.expires_after(kTick);
  timer_.async_wait([this](boost::system::error_code error) {
    if (error || stopped_) return;
    write_date();
    const auto now = std::chrono::steady_clock::now();
    for (Connection* connection : std::vector(connections_.begin(), connections_.end()))
      if (connection->is_overdue(now)) connection->close();
    tick();
  });
}

void Worker::write_date() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 64> line{};
  const std::size_t length =
      std::strftime(line.data(), line.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
  date_line_.assign(line.data(), length);
}

}  // namespace kkr::gateway::http
