// That a deadline passed, of a round or of one municipality's extension, is recorded once. Derived
// from the state, so that after downtime nothing is missed and nothing is done twice.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "services/consultation/domain/state.h"

namespace kkr::consultation {

// The next instant at which there is something to record; it may lie in the past. nullopt: nothing
// will be due unless something happens first.
std::optional<absl::Time> next_due(const Consultation& state);

// Records every deadline of open rounds that has passed by now and is not recorded yet.
Effects record_due(const Consultation& state, const Context& context);

// Takes in what was recorded; called by `evolve`.
void pass(Consultation& state, const v1::DeadlinePassed& fact, const Recorded& recorded);
void pass(Consultation& state, const v1::ExtendedDeadlinePassed& fact, const Recorded& recorded);

}  // namespace kkr::consultation
