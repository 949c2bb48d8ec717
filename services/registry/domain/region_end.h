// What ends with a region, or with a municipality's membership of one: each gets a fact of its own,
// so that nobody who reads the log has to work it out.
#pragma once

#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

// The region `name`, which exists, ends after `to`, and so do its memberships, its clusters'
// memberships and its bodies, so far as they would outlast it. Refuses with kMemberStartsLater when
// one of these would begin after `to`.
Decision end_region(const State& state, const RegionName& name, LocalDate to);

// `member` of the region `name` ends after `to`, and so do its memberships of the region's
// clusters. Refuses with kMemberStartsLater when one of these would begin after `to`.
Decision end_region_member(const State& state, const RegionName& name, const Membership& member,
                           LocalDate to);

}  // namespace kkr::registry
