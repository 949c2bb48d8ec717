#include "services/financing/app/registry_follower.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "kkr/registry/v1/events.pb.h"
#include "services/financing/domain/population_correction.h"

namespace kkr::financing {
namespace {

// The figures of one event, the last one of each reference date.
std::vector<PopulationFigure> figures_in(const platform::RecordedEvent& recorded) {
  registry::v1::Event event;
  if (!event.ParseFromString(recorded.payload)) return {};
  const registry::v1::PopulationsRecorded& fact = event.populations_recorded();
  const auto municipality = parse_municipality_name(fact.municipality());
  if (!municipality) return {};
  std::map<std::string, PopulationFigure> last;
  for (const auto& figure : fact.figures()) {
    last[figure.reference_date()] = {*municipality,    figure.reference_date(), figure.source(),
                                     figure.count(),   recorded.recorded_at,    recorded.generation,
                                     recorded.position};
  }
  std::vector<PopulationFigure> figures;
  for (auto& [date, figure] : last) figures.push_back(std::move(figure));
  return figures;
}

}  // namespace

platform::FollowRules<Domain> follow_registry() {
  using Rules = platform::FollowRules<Domain>;
  Rules rules;
  rules.interpret = [](const platform::RecordedEvent& recorded) -> Rules::Decide {
    if (recorded.type != "populations_recorded") return nullptr;
    return [figures = figures_in(recorded)](const Financing& state, const Context&) -> Decision {
      // A split counts one reference date, so no two figures touch the same year.
      Effects all;
      for (const PopulationFigure& figure : figures) {
        Effects effects = correct_population(state, figure);
        for (auto& fact : effects.facts) all.facts.push_back(std::move(fact));
      }
      return all;
    };
  };
  return rules;
}

}  // namespace kkr::financing
