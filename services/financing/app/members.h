// Who pays and how many live there, out of what the registry said.
#pragma once

#include <string>
#include <vector>

#include "kkr/registry/v1/municipality.pb.h"
#include "services/financing/domain/split_commands.h"

namespace kkr::financing {

struct RegistryReply {
  registry::v1::ListRegionMunicipalitiesResponse members;  // As of the members' date.
  registry::v1::ListMunicipalitiesResponse counted;        // As of the reference date.
  std::string generation;                                  // Of the registry's log, as it stood.
  std::uint64_t position = 0;
};

// The population of a member counts only when it is of the reference date itself; else it has none.
SplitAnswer answer_of(const SplitQuestion& question, const RegistryReply& reply);

}  // namespace kkr::financing
