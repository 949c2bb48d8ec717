// Sends what is due in a region's table: takes a few sends at a time, has them written, hands them
// over one by one and writes down what became of each before the next one goes. So a kill repeats
// at most one message for each connection, with the same Message-ID. Decides nothing about people.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "services/notification/sending/carrier.h"
#include "services/notification/sending/letter_desk.h"
#include "services/notification/sending/pacing.h"
#include "services/notification/sending/send_table.h"
#include "services/platform/threads/worker_pool.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

struct SenderOptions {
  int connections = 2;            // How many messages are on their way at the same time.
  std::size_t sends_a_turn = 16;  // Taken together by one connection.
  absl::Duration lease = absl::Minutes(10);
  absl::Duration ask_again = absl::Seconds(30);  // After somebody gave no reply.
  BackOff back_off{};
  int per_minute_to_a_domain = 600;  // 0: no limit.
  int burst_to_a_domain = 200;
};

class Sender {
 public:
  // `pool` blocks while a message is handed over. `turn_ended` is called, from the pool, whenever
  // sends have got a new state. All references must outlive the sender.
  Sender(SendTable& table, LetterDesk& desk, Carrier& carrier, platform::Clock& clock,
         platform::WorkerPool& pool, const SenderOptions& options,
         std::function<void()> turn_ended);
  // Like stop().
  ~Sender();

  // Takes over what a killed process had taken, and begins.
  void start();
  // There may be something to send. Never blocks.
  void wake();
  // Finishes the messages that are being handed over, and begins no other.
  void stop();

 private:
  class Shared;
  class Line;
  const std::unique_ptr<Shared> shared_;
};

}  // namespace kkr::notification
