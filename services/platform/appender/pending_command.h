// A command and the rules as the writer of a log sees them: what they are about stays with the
// domain.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "services/platform/appender/command.h"
#include "services/platform/decision/decision.h"
#include "services/platform/event_store/event_store.h"
#include "services/platform/snapshot/state_loader.h"

namespace kkr::platform {

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
  std::uint64_t version = 1;  // Since which it is written: see fact_versions.h.
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

  // The newest version of facts that the domain reads.
  virtual std::uint64_t version_read() const = 0;
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
  // The published state becomes what the whole log gives; tells up to where, and whether that is
  // all of it.
  virtual Replayed reload() = 0;
};

}  // namespace kkr::platform
