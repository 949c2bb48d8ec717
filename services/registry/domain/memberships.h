// What regions and clusters have alike: memberships with periods, in order, that may not overlap
// for one municipality.
#pragma once

#include "services/registry/domain/state.h"

namespace kkr::registry {

// The membership of `municipality` that shares a day with `period`; null for none.
const Membership* overlapping(const Memberships& members, const MunicipalityName& municipality,
                              const Period& period);
// The membership of `municipality` in force on `date`; null for none.
const Membership* in_force(const Memberships& members, const MunicipalityName& municipality,
                           LocalDate date);

void add(Memberships& members, Membership membership);
// Gives the membership that began on `from` its last day. Nothing happens when there is none.
void end(Memberships& members, const MunicipalityName& municipality, LocalDate from, LocalDate to);

}  // namespace kkr::registry
