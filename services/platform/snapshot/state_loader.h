// Makes the state of a log when its service starts: from the snapshot when it can be trusted, and
// from every event after it. The same state results without a snapshot.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "services/platform/appender/command.h"
#include "services/platform/appender/fact_codec.h"
#include "services/platform/appender/fact_versions.h"
#include "services/platform/appender/log_health.h"
#include "services/platform/event_store/event_store.h"

namespace kkr::platform {

// Where a replay ended, and whether the log is whole up to there.
struct Replayed {
  LogHead head;  // Of the last event applied.
  LogHealth health;
};

// Calls `apply` for every event after `from` up to the store's head, in slices. Stops, with a
// read-only health, at an event the store cannot read or `apply` does not understand.
Replayed replay(EventStore& store, const std::string& log, LogHead from,
                const std::function<bool(const RecordedEvent&)>& apply);

// The snapshot when it has this `version` and its hash is the one of the event at its position;
// nullopt when the replay must begin at the first event. Never a failure: a snapshot is a cache.
std::optional<Snapshot> trusted_snapshot(EventStore& store, int version);

// Applies one stored event. False when it cannot be read, or holds a fact unknown to this program.
template <class Domain>
bool apply_recorded(typename Domain::State& state, const RecordedEvent& recorded) {
  typename Domain::Event event;
  std::string actor;
  if (!event.ParseFromString(recorded.payload) || !is_known(event)) return false;
  if (!read_actor(recorded.metadata, actor)) return false;
  const RecordedEvent place = place_of(recorded);
  Domain::evolve(state, Recorded<typename Domain::Event>{place, actor, event});
  return true;
}

template <class Domain>
struct LoadedState {
  StatePtr<Domain> state;
  LogHealth health;
  std::uint64_t covered = 0;  // Position of the snapshot it was made from; 0: of none.
};

template <class Domain>
LoadedState<Domain> load_state(EventStore& store, const std::string& log) {
  auto loaded = std::make_shared<StateAt<Domain>>();
  loaded->head.generation = store.head().generation;
  if (const auto snapshot = trusted_snapshot(store, Domain::kStateVersion)) {
    if (Domain::load_state(snapshot->state, loaded->state)) {
      loaded->head.position = snapshot->position;
      loaded->head.hash = snapshot->hash;
    } else {
      loaded->state = typename Domain::State{};
    }
  }
  const std::uint64_t covered = loaded->head.position;
  Replayed replayed =
      replay(store, log, loaded->head, [&state = loaded->state](const RecordedEvent& event) {
        return apply_recorded<Domain>(state, event);
      });
  loaded->head = std::move(replayed.head);
  if (auto damage = store.damage()) replayed.health = {true, std::move(*damage)};
  return {std::move(loaded), std::move(replayed.health), covered};
}

}  // namespace kkr::platform
