// Takes over a file of municipalities: the ordinary commands its lines amount to, decided one after
// the other and committed together or not at all. What is on record already yields nothing.
#pragma once

#include <vector>

#include "services/registry/app/municipality_file.h"
#include "services/registry/domain/sequence.h"

namespace kkr::registry {

// kImportInvalid, with the details `line`, `column` and `reason`.
Refusal refuse_import(const platform::CsvFault& fault);

// What the file says is on record after it: the municipality, its populations, and, where they are
// stated, its membership of the region for as long as the region lasts, and of the cluster, which
// is made when the region has none of that name, and marked unverified.
Decision decide_import(const State& state, const std::vector<MunicipalityLine>& lines,
                       const Context& context);

// The same as part of a longer sequence. The refusal leaves `sequence` of no use.
std::optional<Refusal> import_municipalities(Sequence& sequence,
                                             const std::vector<MunicipalityLine>& lines,
                                             const Context& context);

}  // namespace kkr::registry
