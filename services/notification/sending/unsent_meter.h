// Says on `/metrics` since when the oldest notice of a region that should have gone has been
// waiting. Looks now and then; sends nothing.
#pragma once

#include <prometheus/gauge.h>

#include <chrono>
#include <string>

#include "services/notification/sending/send_table.h"
#include "services/platform/threads/serial_task.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

class UnsentMeter {
 public:
  // `kkr_oldest_unsent_seconds{log}`: 0 when nothing waits, and in a process that does not send.
  UnsentMeter(const std::string& log, SendTable& table, platform::Clock& clock,
              platform::WorkerPool& pool,
              std::chrono::steady_clock::duration every = std::chrono::seconds(10));
  // Like stop().
  ~UnsentMeter();

  void start() { task_.wake(); }
  void stop();

 private:
  void look();

  SendTable& table_;
  platform::Clock& clock_;
  const std::chrono::steady_clock::duration every_;
  prometheus::Gauge& seconds_;
  platform::SerialTask task_;
};

}  // namespace kkr::notification
