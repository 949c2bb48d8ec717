// Whom an invitation means, worked out from what the registry said. Pure.
#pragma once

#include <string>

#include "kkr/registry/v1/cluster.pb.h"
#include "kkr/registry/v1/municipality.pb.h"
#include "services/consultation/domain/round_commands.h"

namespace kkr::consultation {

// What the registry said of a region as of a date.
struct RegistryReply {
  registry::v1::ListRegionMunicipalitiesResponse municipalities;
  registry::v1::ListClustersResponse clusters;
  std::string generation;  // Of the registry's log, and the position it answered from.
  std::uint64_t position = 0;
};

// The date whose memberships count: the invitation's, or today.
std::string as_of_date(const v1::Invitation& invitation, LocalDate today);

// The municipalities of the region, or of the invitation's clusters when it names any, each once,
// in order of code, with the region's clusters each belongs to.
ResolvedInvitation resolve(const Round& round, std::string as_of_date, const RegistryReply& reply);

}  // namespace kkr::consultation
