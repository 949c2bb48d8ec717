// Which unpaid invoices are asked for again, and when. Derived from the state, so that after
// downtime nothing is missed and nothing is done twice. Pure.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

// The next instant at which an invoice is to be dunned; it may lie in the past. nullopt: none will
// be unless something happens first.
std::optional<absl::Time> next_dunning(const Financing& state);

// Records the next step of every invoice whose day for it has come. After downtime that is one step
// for each, with a date that leaves it its time.
Effects dun_due(const Financing& state, const Context& context);

// Takes in a dunning; called by `evolve`.
void dun(Financing& state, const v1::InvoiceDunned& fact, const Recorded& recorded);

}  // namespace kkr::financing
