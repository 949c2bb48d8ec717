// Takes in one source log, in order: events from the bus, and from the log itself where the bus
// left a gap. The half of a follower that knows no domain. Delivery is at least once; what makes it
// count once is the checkpoint, which the appender commits with the effects.
//
// How a follower converges after a restore. Its own store restored: the checkpoint went back with
// the effects, and the rest of the source is taken in. The source restored: the hash at the
// checkpoint is no longer the source's, the facts it lost are withdrawn, and the source is taken in
// again from its first fact; facts the state already holds yield nothing. Restored to a state that
// the follower has not passed: nothing was lost, and it goes on.
//
// It stops before a fact that this program does not know: a later program takes it in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "services/platform/appender/command.h"
#include "services/platform/bus/bus.h"
#include "services/platform/follower/log_reader.h"
#include "services/platform/threads/worker_pool.h"

namespace kkr::platform {

struct FollowOptions {
  std::string source;  // The log followed, `{service}/{region}`.
  std::string log;     // The log it is followed into, for log lines.
  std::size_t in_flight_max = 256;
  std::chrono::steady_clock::duration retry_after = std::chrono::milliseconds(200);
  // The log is read so often even when the bus is silent: its last message may have been lost.
  std::chrono::steady_clock::duration check_every = std::chrono::seconds(5);
};

// What a command of a follower came to.
enum class TakenIn {
  kDone,    // The checkpoint has moved past it.
  kFailed,  // It has not; take it in again later.
  kClosed,  // It never will in this process: the log is damaged or shutting down.
};

// What the loop leaves to the domain. Called from one strand.
class TakeIn {
 public:
  using Done = std::function<void(TakenIn)>;
  virtual ~TakeIn() = default;

  // How far the own log has followed the source.
  virtual std::optional<Checkpoint> checkpoint() const = 0;
  // True when the fact says something to this service.
  virtual bool concerns(const RecordedEvent& event) const = 0;
  // Submits the fact as a command that moves the checkpoint; calls `done` once, from any thread.
  virtual void submit(const RecordedEvent& event, CheckpointMove move, Done done) = 0;
  // Submits the bare move past facts that do not concern this service.
  virtual void submit_move(CheckpointMove move, Done done) = 0;
  // The source was restored, and only its first `common_position` facts are still the ones taken
  // in. Submits what withdraws the others, with the checkpoint back at the beginning: every fact
  // comes again.
  virtual void submit_restart(std::uint64_t common_position, CheckpointMove move, Done done) = 0;
};

class FollowLoop {
 public:
  FollowLoop(FollowOptions options, LogReader& reader, Bus& bus, WorkerPool& pool, TakeIn& take_in);
  // Like stop().
  ~FollowLoop();

  // Takes in from the checkpoint on. Also again, after stop().
  void start();
  // Takes in nothing more; returns when no command of this follower is on its way. The appender
  // must still be running.
  void stop();

  const std::string& source() const;
  // The position up to which the source has been taken in.
  std::uint64_t position() const;
  // Calls `reached` once, from any thread, when everything up to `position` has been taken in; at
  // once when it has been. Dropped by stop().
  void when_caught_up(std::uint64_t position, std::function<void()> reached);

 private:
  class Strand;
  const std::unique_ptr<Strand> strand_;
};

}  // namespace kkr::platform
