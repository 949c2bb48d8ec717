// The numbers of one log's writer, for `/metrics`: how large its batches are, how long a
// transaction takes, and what commands came to.
#pragma once

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>

#include "services/platform/appender/pending_command.h"

namespace kkr::platform {

class LogMeter {
 public:
  // `kkr_batch_commands{log}`, `kkr_commit_seconds{log}`, `kkr_queue_commands{log}` and
  // `kkr_commands_total{log,outcome}`. The log is `{service}/{region}`.
  explicit LogMeter(const std::string& log);

  // A batch was taken from the queue, which has so many commands left.
  void batch(std::size_t commands, std::size_t queued);
  void commit(std::chrono::steady_clock::duration took) {
    seconds_.Observe(std::chrono::duration<double>(took).count());
  }
  void outcome(const Verdict& verdict);

 private:
  static constexpr std::size_t kOutcomes = 15;

  const std::string log_;
  prometheus::Histogram& commands_;
  prometheus::Histogram& seconds_;
  prometheus::Gauge& queued_;
  // Made when an outcome is first seen, so that `/metrics` shows only what happened.
  std::array<std::atomic<prometheus::Counter*>, kOutcomes> outcomes_{};
};

}  // namespace kkr::platform
