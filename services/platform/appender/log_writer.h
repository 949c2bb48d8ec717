// The half of an appender that knows no domain: the bounded queue, the batch, the talk with the
// store, and what becomes of a batch whose transaction fails. Decides nothing itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/appender/command.h"
#include "services/platform/appender/event_tail.h"
#include "services/platform/appender/log_health.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/threads/worker_pool.h"
#include "services/platform/time/clock.h"

namespace kkr::platform {

// The pools that appenders share. The writers' threads block while a transaction is committed, so
// there are as many as logs that may commit at the same time.
struct AppenderThreads {
  WorkerPool& writers;
  WorkerPool& completions;
};

struct AppenderOptions {
  std::string log;  // `{service}/{region}`, for sentences.
  std::size_t queue_commands_max = 10'000;
  std::size_t queue_bytes_max = std::size_t{64} << 20U;
  std::size_t batch_commands_max = 512;
  std::size_t batch_bytes_max = std::size_t{8} << 20U;
  std::size_t event_bytes_max = std::size_t{512} << 10U;
  std::size_t tail_events_max = 4'096;
  std::size_t tail_bytes_max = std::size_t{16} << 20U;
  std::uint64_t snapshot_every_events = 10'000;
};

// What a command came to. Positions are its own; none when last < first.
struct CarriedOut {
  std::uint64_t first_position = 0;
  std::uint64_t last_position = 0;
  bool retried = false;
};
struct RefusedByRules {};
using Verdict = std::variant<CarriedOut, RefusedByRules, CommandFailure>;

// A fact as it will stand in the log.
struct FactToWrite {
  std::string stream;
  std::string type;
  std::string payload;
};

// A waiting command as far as the writer understands it.
class PendingCommand {
 public:
  virtual ~PendingCommand() = default;

  // Answers the caller. Called once, from the completion pool.
  virtual void complete(const Verdict& verdict) = 0;

  std::string request_id;
  Hash digest{};
  std::string actor;
  std::string traceparent;
  std::string cause;
  std::optional<CheckpointMove> checkpoint;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<bool()> cancelled;
  std::size_t size_bytes = 0;
  absl::Time arrived_at;
};

// What the writer leaves to the domain. Called from one strand.
class BatchRules {
 public:
  virtual ~BatchRules() = default;

  // The overlay becomes a copy of the published state.
  virtual void start_overlay() = 0;
  // Decides on the overlay without changing it. True: `facts` and `writes` say what follows.
  // False: the rules refuse, and the command remembers why.
  virtual bool decide(PendingCommand& command, std::vector<FactToWrite>& facts,
                      std::vector<PrivateWrite>& writes) = 0;
  // Applies what decide() just yielded to the overlay; the facts stand from `first_position` on.
  virtual void apply(PendingCommand& command, std::uint64_t first_position) = 0;
  // The overlay becomes the published state.
  virtual void publish_overlay(const LogHead& head) = 0;
  // Applies stored events to the published state instead. False: an event could not be read.
  virtual bool catch_up(const std::vector<RecordedEvent>& events, const LogHead& head) = 0;
};

class LogWriter {
 public:
  // Nothing is called before start(). All references must outlive this.
  LogWriter(EventStore& store, const Clock& clock, AppenderThreads threads, AppenderOptions options,
            BatchRules& rules);
  // Like drain().
  ~LogWriter();

  // Reads the checkpoints and accepts commands from now on. `health` says when the log was found
  // damaged: commands are then refused with kRegionDamaged.
  void start(LogHealth health);

  // Never blocks. The command is answered from the completion pool, also when it is refused here.
  void submit(std::unique_ptr<PendingCommand> command);
  // Finishes what is queued, answers it, and refuses what comes later with kShuttingDown. Not from
  // a job of the pools.
  void drain();

  EventTail& tail();
  const EventTail& tail() const;
  LogHealth health() const;
  std::size_t queued() const;
  // How far this log has followed `source`; nullopt when it never did.
  std::optional<Checkpoint> checkpoint(const std::string& source) const;

 private:
  class Strand;
  const std::unique_ptr<Strand> strand_;
};

}  // namespace kkr::platform
