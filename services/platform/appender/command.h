// What goes into an appender and what comes out: a command with its decision, and its outcome.
// Knows no domain: `Domain` supplies state and rules.
// A Domain is a struct with
//   using State      a value whose copy is cheap (made of PersistentMaps)
//   using Event      the service's generated Event message with `oneof fact`
//   using Rejection  an enum
//   static void evolve(State&, const Recorded<Event>&)      total
//   static std::string save_state(const State&)             for snapshots
//   static bool load_state(std::string_view, State&)        false: ignore the snapshot
//   static constexpr int kStateVersion                      shape of the saved state
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "services/platform/decision/decision.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// An event with the place it stands at. While a batch is decided its events have no hash yet, so
// `at` holds only generation, position, stream, type and recorded_at, in replay as well: a state
// cannot depend on more.
template <class Event>
struct Recorded {
  const RecordedEvent& at;
  const std::string& actor;
  const Event& event;
};

// A state together with the log position it was made from. Held by readers without a lock.
template <class Domain>
struct StateAt {
  typename Domain::State state;
  LogHead head;
};
template <class Domain>
using StatePtr = std::shared_ptr<const StateAt<Domain>>;

// Why a command was not carried out, other than by the domain's own refusal.
enum class CommandFailure {
  kQueueFull,         // RESOURCE_EXHAUSTED / QUEUE_FULL
  kExpired,           // DEADLINE_EXCEEDED: dropped before deciding, nothing was written
  kCancelled,         // CANCELLED: likewise
  kRequestIdReused,   // INVALID_ARGUMENT / REQUEST_ID_REUSED
  kEventTooLarge,     // INVALID_ARGUMENT / EVENT_TOO_LARGE: over 512 KiB
  kStorageFull,       // UNAVAILABLE / STORAGE_FULL
  kStoreUnavailable,  // UNAVAILABLE / STORE_UNAVAILABLE
  kRegionDamaged,     // FAILED_PRECONDITION / REGION_READ_ONLY
  kShuttingDown,      // UNAVAILABLE / SHUTTING_DOWN
  kOutOfOrder,        // Followers only: the checkpoint is not `CheckpointMove::from`.
  kNotHolder,         // UNAVAILABLE / REGION_CHANGES_HANDS: another process leads the log
  // FAILED_PRECONDITION / SITE_IS_BEING_UPGRADED: a fact of it is newer than the log's write
  // version.
  kFactTooNew,
};

// How a follower's command moves its checkpoint, in the transaction of its effects. A command
// whose `to` is not past the present checkpoint of the same generation changes nothing and
// succeeds: the fact is in already.
struct CheckpointMove {
  Checkpoint to;  // Generation, position and hash of the event taken in.
  // The position this fact follows upon; another present one fails the command with kOutOfOrder,
  // so that a fact whose command failed is not overtaken. nullopt sets the checkpoint whatever it
  // was: back to the common prefix after the source was restored.
  std::optional<std::uint64_t> from;
};

// The command was carried out, now or earlier under the same request id.
template <class Domain>
struct Committed {
  StatePtr<Domain> state;            // As of the commit or later.
  std::uint64_t first_position = 0;  // Of the command's own events; none when last < first.
  std::uint64_t last_position = 0;
  bool retried = false;  // The outcome is that of an earlier identical command.
};

template <class Domain>
using Outcome =
    std::variant<Committed<Domain>, Refusal<typename Domain::Rejection>, CommandFailure>;

// One command on its way into the log.
template <class Domain>
struct Command {
  std::string request_id;  // Empty only for work the service found due by itself.
  Hash digest{};           // Of method and request as sent.
  std::string actor;
  std::string traceparent;
  std::string cause;                         // Id of the event followed; empty for a call.
  std::optional<CheckpointMove> checkpoint;  // For followers.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  std::function<bool()> cancelled;  // May be empty.
  std::size_t size_bytes = 0;       // Counts against the queue's bound.
  std::function<DecisionOf<typename Domain::Event, typename Domain::Rejection>(
      const typename Domain::State&, const Context&)>
      decide;
  // Called exactly once, from the completion pool.
  std::function<void(Outcome<Domain>)> complete;
};

}  // namespace kkr::platform
