// What a corrected population does to the years that were split by it: before the charge the budget
// is split again, after it a true-up is offered; what was split before is kept. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

// A figure as the registry recorded it, and where in its log.
struct PopulationFigure {
  MunicipalityCode municipality;
  std::string reference_date;  // ISO 8601.
  std::string source;
  std::int64_t count = 0;
  absl::Time recorded_at;
  std::string generation;
  std::uint64_t position = 0;
};

// A fact for each year whose newest split counted another figure; nothing when all of them know it
// already, or a later one.
Effects correct_population(const Financing& state, const PopulationFigure& figure);

}  // namespace kkr::financing
