// When a year is to be charged: it is prepared once when its time has come, and runs by itself
// where the terms say so, as soon as nothing hinders it. Derived from the state, so that after
// downtime nothing is missed and nothing is done twice. Pure.
#pragma once

#include <optional>

#include "absl/time/time.h"
#include "services/financing/domain/charge_plan.h"

namespace kkr::financing {

// The next instant at which a charge is to be prepared or run; it may lie in the past. nullopt:
// nothing will be due unless something happens first.
std::optional<absl::Time> next_charge(const Financing& state, LocalDate today);

// Prepares every charge whose time has come by now, and runs those that run by themselves and can:
// of each agreement the earliest year, so that the next sees what it did.
Effects charge_due(const Financing& state, const Context& context);

}  // namespace kkr::financing
