// Makes sends of the facts of a region's log: reads it from where the table says dispatching has
// come to, and moves that mark in the transaction that puts the sends in. A fact that comes again,
// after a kill or a restore, makes nothing new. Facts
// that make nothing cost no transaction.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/notification/sending/send_table.h"
#include "services/platform/appender/event_tail.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/threads/serial_task.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

// Puts the mark of `table` at the beginning of its log when that holds no event yet, and says
// whether it does. Call when the log is opened, before anything can be recorded: a table without a
// mark beside a log with events is then one whose sends are lost, however soon the first ones came
// or the process was killed. Where the table is out of reach, the dispatcher puts the mark later.
bool mark_if_new(SendTable& table, const platform::EventTail& tail, absl::Time site_now);

class Dispatcher {
 public:
  struct Rules {
    // What a fact makes of the table; `to` is filled in afterwards.
    std::function<Dispatch(const platform::RecordedEvent&)> interpret;
    // Removes what of a person stands in the table and elsewhere; false: to be tried again.
    std::function<bool(const std::string& person)> forget;
    // So many sends were put in and the log is read further; from the pool.
    std::function<void(std::size_t added)> dispatched;
  };
  // All references must outlive the dispatcher. `log_was_new`: as mark_if_new() said.
  Dispatcher(SendTable& table, platform::EventStore& log, platform::EventTail& tail,
             platform::Clock& clock, platform::WorkerPool& pool, Rules rules, bool log_was_new);
  // Like stop().
  ~Dispatcher();

  // Finds where to go on. A table that was made after its log has lost its sends: everything in the
  // log is then put in as dropped, because nobody knows what was sent.
  void start();
  void stop();
  // Whether everything the log holds now has been made into sends.
  bool is_at_head();

 private:
  void run();
  bool find_start();
  // How many sends the events made; nullopt: to be tried again.
  std::optional<std::size_t> take(const std::vector<platform::RecordedEvent>& events);
  std::optional<std::vector<platform::RecordedEvent>> next_events();

  SendTable& table_;
  platform::EventStore& log_;
  platform::EventTail& tail_;
  platform::Clock& clock_;
  const Rules rules_;
  const bool log_was_new_;
  std::optional<DispatchedTo> at_;  // Touched by the task only, as is `lost_up_to_`.
  std::size_t unmarked_ = 0;        // Events read since the mark was moved.
  std::uint64_t lost_up_to_ = 0;    // Facts up to here are put in as dropped.
  std::atomic<std::uint64_t> position_ = 0;
  std::unique_ptr<platform::TailListener> listener_;
  platform::SerialTask task_;
};

}  // namespace kkr::notification
