#include "services/financing/domain/population_correction.h"

#include <utility>
#include <vector>

#include "services/financing/domain/split_commands.h"
#include "services/platform/time/timestamp.h"

namespace kkr::financing {
namespace {

// Whether the registry recorded the figure after what the split was made of. A registry that was
// restored tells everything again, so then only the time can say.
bool is_later(const PopulationFigure& figure, const v1::BudgetSplit& split,
              const v1::SplitMember& member) {
  if (figure.generation == split.registry_generation()) {
    return figure.position > split.registry_position();
  }
  return figure.recorded_at > platform::instant_of(member.population_recorded_at());
}

// The members of the split with the figure in place; none when it changes nothing.
std::vector<v1::SplitMember> corrected(const v1::BudgetSplit& split,
                                       const PopulationFigure& figure) {
  bool changes = false;
  std::vector<v1::SplitMember> members;
  for (const v1::SplitShare& share : split.shares()) {
    v1::SplitMember& member = members.emplace_back(share.member());
    if (member.code() != figure.municipality.text || member.population() == figure.count ||
        !is_later(figure, split, member)) {
      continue;
    }
    changes = true;
    member.set_population(figure.count);
    member.set_population_source(figure.source);
    *member.mutable_population_recorded_at() = platform::timestamp_of(figure.recorded_at);
  }
  return changes ? members : std::vector<v1::SplitMember>();
}

}  // namespace

Effects correct_population(const Financing& state, const PopulationFigure& figure) {
  Effects effects;
  state.budgets.for_each([&](const YearKey& year, const Budget& budget) {
    const SplitPtr newest = newest_split(budget);
    if (newest == nullptr || newest->content.reference_date() != figure.reference_date) return;
    std::vector<v1::SplitMember> members = corrected(newest->content, figure);
    if (members.empty()) return;
    v1::BudgetSplit split = newest->content;
    split.set_cause(v1::Split::CAUSE_POPULATION_CORRECTED);
    split.set_total_oere(total_of(budget).ore);
    split.set_registry_generation(figure.generation);
    split.set_registry_position(figure.position);
    if (!share_out(split, std::move(members))) return;
    const std::string region(region_of(budget.content.budget()));
    add_split(state, {region, year}, std::move(split), effects);
  });
  return effects;
}

}  // namespace kkr::financing
