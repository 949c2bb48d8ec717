// The facts the registry ships with, for a log that is still empty: the 98 municipalities with
// their populations, the six regions with their members, and clusters and bodies as far as papers
// name them. Never changes a log that has a region.
#pragma once

#include <string>
#include <string_view>

#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

// The files, as bytes; their columns are told in services/registry/facts/README.md.
struct FactFiles {
  std::string_view regions;
  std::string_view municipalities;
  std::string_view clusters;
  std::string_view bodies;
};

// The files in this program.
FactFiles shipped_facts();

// A UUID made of the files, so that taking them over twice is one request.
std::string request_id_of(const FactFiles& files);

// Refuses with kImportInvalid when a file is not as it should be.
Decision decide_first_facts(const State& state, const FactFiles& files, const Context& context);

}  // namespace kkr::registry
