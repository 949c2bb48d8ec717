// A municipality and how many people lived in it, as reported. A figure is never changed: a
// correction is a later record.
// Pure: no clock, no I/O. Time and actor arrive in the context.
#pragma once

#include <vector>

#include "kkr/registry/v1/events.pb.h"
#include "kkr/registry/v1/municipality.pb.h"
#include "services/registry/domain/rejection.h"
#include "services/registry/domain/state.h"

namespace kkr::registry {

inline constexpr std::int64_t kCountMax = 10'000'000;

Decision decide(const State& state, const v1::CreateMunicipalityRequest& command,
                const Context& context);
Decision decide(const State& state, const v1::UpdateMunicipalityRequest& command,
                const Context& context);
Decision decide(const State& state, const v1::RecordPopulationRequest& command,
                const Context& context);

// Puts those of `figures` on record that are not what counts already. The municipality exists and
// the figures are well-formed.
Effects record_populations(const State& state, const MunicipalityName& name,
                           const std::vector<v1::Population>& figures);

// The record that counts for a date and a source: the last one recorded. Null for none.
const PopulationRecord* population_on(const Municipality& municipality, LocalDate reference_date,
                                      std::string_view source);
// The record with the latest reference date not after `as_of`; of several the one recorded last.
// Null for none.
const PopulationRecord* population_as_of(const Municipality& municipality, LocalDate as_of);

void evolve(State& state, const v1::MunicipalityCreated& fact, const Place& at);
void evolve(State& state, const v1::MunicipalityUpdated& fact, const Place& at);
void evolve(State& state, const v1::PopulationsRecorded& fact, const Place& at);

}  // namespace kkr::registry
