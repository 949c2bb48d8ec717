// A load on an appender of notebooks: so many commands in flight, and the answers counted.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <variant>

#include "tests/notebook/workbench.h"

namespace kkr::notebook {

class AppenderLoad {
 public:
  // `decide` makes the nth command, from 1.
  AppenderLoad(Appender& appender, std::size_t in_flight_max,
               std::function<Decide(std::uint64_t)> decide)
      : appender_(appender), in_flight_max_(in_flight_max), decide_(std::move(decide)) {}

  // Of those that were carried out. `requests` begins the request ids, which must be new.
  double commands_per_second(double seconds, const std::string& requests = "request-") {
    using Seconds = std::chrono::duration<double>;
    const auto start = std::chrono::steady_clock::now();
    const auto end = start + Seconds(seconds);
    while (std::chrono::steady_clock::now() < end) {
      std::unique_lock lock(mutex_);
      answered_.wait(lock, [this] { return in_flight_ < in_flight_max_; });
      const std::size_t room = in_flight_max_ - in_flight_;
      in_flight_ = in_flight_max_;
      lock.unlock();
      for (std::size_t i = 0; i < room; ++i) send(requests);
    }
    std::unique_lock lock(mutex_);
    answered_.wait(lock, [this] { return in_flight_ == 0; });
    const Seconds took = std::chrono::steady_clock::now() - start;
    return static_cast<double>(std::exchange(count_, 0)) / took.count();
  }

 private:
  void send(const std::string& requests) {
    ++sent_;
    Command command = a_command(requests + std::to_string(sent_), decide_(sent_));
    command.complete = [this](const Outcome& outcome) {
      const std::lock_guard lock(mutex_);
      if (std::holds_alternative<Committed>(outcome)) ++count_;
      --in_flight_;
      answered_.notify_one();
    };
    appender_.submit(std::move(command));
  }

  Appender& appender_;
  const std::size_t in_flight_max_;
  const std::function<Decide(std::uint64_t)> decide_;
  std::uint64_t sent_ = 0;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::size_t in_flight_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace kkr::notebook
