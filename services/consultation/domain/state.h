// Everything the rules of this service look at: one region's papers, rounds, answers and
// collections. A copy costs constant time; readers keep the one they hold while the next is made.
#pragma once

#include <string>

#include "services/consultation/domain/answer.h"
#include "services/consultation/domain/collection.h"
#include "services/consultation/domain/decision.h"
#include "services/consultation/domain/ids.h"
#include "services/consultation/domain/paper.h"
#include "services/consultation/domain/round.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::consultation {

struct Consultation {
  platform::PersistentMap<PaperId, Paper> papers;
  platform::PersistentMap<RoundId, Round> rounds;
  platform::PersistentMap<AnswerKey, Answer> answers;
  platform::PersistentMap<RoundId, Collections> collections;
};

// Takes a recorded event in. Total: a stored event already happened, so this has no opinion and
// cannot fail.
void evolve(Consultation& state, const Recorded& recorded);

// Whether `seen`, an etag a client sent, differs from the present one; empty means the client does
// not care.
bool is_stale(const std::string& seen, const std::string& present);
// The etag of what the event made: its place in the log, so that a restored log gives others.
std::string etag_of(const Recorded& recorded);

// For snapshots. `load_state` returns false when the text is none of its own; the state is then
// unspecified.
std::string save_state(const Consultation& state);
bool load_state(std::string_view saved, Consultation& state);

// What the platform needs to know of this service.
struct Domain {
  using State = Consultation;
  using Event = v1::Event;
  using Rejection = kkr::consultation::Rejection;
  static constexpr int kStateVersion = 1;  // Raise it when the saved shape changes.
  static void evolve(State& state, const Recorded& recorded) {
    kkr::consultation::evolve(state, recorded);
  }
  static std::string save_state(const State& state) { return kkr::consultation::save_state(state); }
  static bool load_state(std::string_view saved, State& state) {
    return kkr::consultation::load_state(saved, state);
  }
};

}  // namespace kkr::consultation
