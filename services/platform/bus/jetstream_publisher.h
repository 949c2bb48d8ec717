// Sends events to their streams, many on their way at a time, and tells for each what became of it.
// The two guards of a stream are set by hand, because cnats leaves out an expected sequence of 0:
// `Nats-Msg-Id` knows an event that comes twice, and `Nats-Expected-Last-Sequence` refuses one that
// comes too early.
#pragma once

#include <prometheus/counter.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "services/platform/bus/bus.h"
#include "services/platform/bus/nats_connection.h"
#include "services/platform/threads/serial_task.h"

namespace kkr::platform {

class JetStreamPublisher {
 public:
  JetStreamPublisher(NatsConnection& connection, WorkerPool& pool,
                     std::chrono::steady_clock::duration answer_within);
  // Tells those still on their way that they were not taken.
  ~JetStreamPublisher();

  // Events of the log belong into `stream` from now on: the one of the log's present generation,
  // though an event that was written before a restore bears an older one.
  void direct(const std::string& service, const std::string& region, std::string stream);
  // Calls `taken` once: true when the event stands in its stream at its position.
  void publish(const EventPtr& event, Bus::Taken taken);
  // The connection is gone, and with it the answers to what is on its way.
  void fail_all();

 private:
  struct OnItsWay {
    std::uint64_t position = 0;
    std::chrono::steady_clock::time_point until;
    Bus::Taken taken;
  };

  bool send(const PublishedEvent& event, const std::string& stream, std::uint64_t token);
  void answered(natsMsg* message);
  bool is_taken(natsMsg* message, const OnItsWay& sent);
  void fail_overdue();
  void fail_before(std::chrono::steady_clock::time_point instant);

  NatsConnection& connection_;
  const std::chrono::steady_clock::duration answer_within_;
  const std::string inbox_;  // Answers come to a token below it.
  prometheus::Counter& misplaced_;
  std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::string> streams_;  // By service and region.
  std::uint64_t next_token_ = 0;
  std::map<std::uint64_t, OnItsWay> on_their_way_;  // By token: in order of `until`.
  std::unique_ptr<NatsSubscription> answers_;
  SerialTask overdue_;
};

}  // namespace kkr::platform
