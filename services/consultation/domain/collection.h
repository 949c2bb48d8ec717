// A collection: which version of each answer it took, and where each municipality stood. Immutable:
// an answer that comes later makes it incomplete, never different. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "kkr/consultation/v1/answer_events.pb.h"
#include "kkr/consultation/v1/collections.pb.h"
#include "services/consultation/domain/decision.h"
#include "services/consultation/domain/ids.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::consultation {

struct Consultation;

struct Collection {
  v1::CollectionCreated content;
  std::uint64_t position = 0;  // Of its event in the log.
  absl::Time created_at;
  std::string created_by;
  bool notes_erased = false;
};

using Collections = platform::PersistentMap<int, Collection>;  // By number, from 1 without gaps.

// `regions/{region}/rounds/{round}/collections/{number}`.
struct CollectionName {
  std::string region;
  RoundId round;
  int number = 0;
};
std::optional<CollectionName> parse_collection_name(std::string_view name);
std::string collection_name(std::string_view region, const RoundId& round, int number);

// How many municipalities stand where; each counts once.
v1::CollectionTally tally_of(const Consultation& state, const RoundId& round,
                             const Collection& collection);
// The municipalities whose answer is no longer the one collected, in order of code. Empty: the
// collection is complete.
std::vector<MunicipalityCode> changed_since(const Consultation& state, const RoundId& round,
                                            const Collection& collection);

// Takes in that a round was collected; called by `evolve`.
void collect(Consultation& state, const v1::CollectionCreated& fact, const Recorded& recorded);
// Takes in that its notes were erased; called by `evolve`.
void erase(Consultation& state, const v1::CollectionNotesErased& fact, const Recorded& recorded);

}  // namespace kkr::consultation
