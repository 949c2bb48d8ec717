// One thread with its event loop and the connections that live on it. Time limits are kept here by
// one coarse tick over all connections, because a timer per operation would cost more than the
// operation.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <unordered_set>

namespace kkr::gateway::http {

class Connection;

class Worker {
 public:
  Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void start();
  // Lets the loop end once nothing is left to do. join() waits for that.
  void stop();
  void join();

  boost::asio::io_context& loop() { return loop_; }

  // The rest is for the worker's own thread.

  void add(Connection& connection) { connections_.insert(&connection); }
  void remove(Connection& connection) { connections_.erase(&connection); }

  // From now on every answer is the last of its connection.
  void drain();
  bool is_draining() const { return draining_; }
  // Closes what is still open, answered or not.
  void close_all();

  // `Date: ...\r\n`, at most a tick old.
  const std::string& date_line() const { return date_line_; }

 private:
  void tick();
  void write_date();

  // Before the loop: when that goes, the connections still in it go too and take their leave.
  std::unordered_set<Connection*> connections_;
  boost::asio::io_context loop_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer timer_;
  std::string date_line_;
  bool draining_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace kkr::gateway::http
