// The half of an appender that knows no domain: the bounded queue, the batch, the talk with the
// store, and what becomes of a batch whose transaction fails. Decides nothing itself.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "services/platform/appender/event_tail.h"
#include "services/platform/appender/log_health.h"
#include "services/platform/appender/pending_command.h"
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
  // Several processes write this log, one at a time: it begins as following and appends after
  // lead(). Otherwise this process is the only one, and always leads.
  bool leased = false;
  // Called when the store says that another process has the log, from the writer's strand: short.
  std::function<void()> lost{};
  // Of a leased log that leads: whether no other process can lead it at this moment. Never blocks.
  std::function<bool()> surely_held{};
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

  // Of a leased log.
  // Takes in what is in the store, then accepts commands. Those that come meanwhile wait. Blocks,
  // not from a job of the pools; false when the log is read-only, is being given away, or the store
  // cannot be read in this time: then it follows.
  bool lead(std::chrono::steady_clock::duration within);
  // Fails what is queued, and what comes, with kNotHolder. Never blocks.
  void follow();
  // The same, but carries out first what is queued, for so long at most. Blocks like lead().
  void hand_over(std::chrono::steady_clock::duration within);
  bool is_leading() const;
  // While following: takes in what is new in the store, soon. Never blocks.
  void store_grew();
  // Facts of up to this version may be written from now on. Whoever leads the log raises its write
  // version, as far as it reads such facts itself. Never blocks.
  void may_write(std::uint64_t version);
  // Calls `done(true)` once the state holds all that was committed before this call, by whichever
  // process; `done(false)` when that is not known within `at_most`. From a job of the completion
  // pool, or at once where no other process writes the log. Never blocks.
  void look(std::chrono::steady_clock::duration at_most, std::function<void(bool)> done);

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
