#include "services/registry/domain/memberships.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace kkr::registry {

const Membership* overlapping(const Memberships& members, const MunicipalityName& municipality,
                              const Period& period) {
  const auto found = std::find_if(members.begin(), members.end(), [&](const Membership& member) {
    return member.municipality == municipality && member.period.overlaps(period);
  });
  return found == members.end() ? nullptr : &*found;
}

const Membership* in_force(const Memberships& members, const MunicipalityName& municipality,
                           LocalDate date) {
  return overlapping(members, municipality, Period{date, date});
}

void add(Memberships& members, Membership membership) {
  const auto key = [](const Membership& member) {
    return std::tie(member.municipality, member.period.from);
  };
  const auto place =
      std::upper_bound(members.begin(), members.end(), membership,
                       [&](const Membership& a, const Membership& b) { return key(a) < key(b); });
  members.insert(place, std::move(membership));
}

void end(Memberships& members, const MunicipalityName& municipality, LocalDate from, LocalDate to) {
  for (Membership& member : members) {
    if (member.municipality == municipality && member.period.from == from) member.period.to = to;
  }
}

}  // namespace kkr::registry
