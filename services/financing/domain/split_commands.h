// How a budget is split, and split again. Pure: members and populations come with the command, as
// the registry told them.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kkr/financing/v1/splits.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

// What must be asked of the registry before a budget can be split.
struct SplitQuestion {
  std::string members_of;  // A region or a body, by name.
  LocalDate members_as_of;
  LocalDate reference_date;
  MunicipalityCode host;
  bool operator==(const SplitQuestion&) const = default;
};

// What the registry answered. A member without a population of the reference date has no
// `population_source`.
struct SplitAnswer {
  SplitQuestion question;
  std::vector<v1::SplitMember> members;
  std::string registry_generation;
  std::uint64_t registry_position = 0;
};

// The question for `regions/{region}/agreements/{agreement}/budgets/{year}` on a day, or why it
// cannot be split.
std::variant<SplitQuestion, Refusal> question_of(const Financing& state, std::string_view budget,
                                                 LocalDate today);

// Nothing when the newest split says the same. An answer to another question than the present one
// is stale.
Decision decide(const Financing& state, const v1::CreateSplitRequest& command,
                const SplitAnswer& answer, const Context& context);

// Shares the total of `split` out over the members and fills in the proof; false when it cannot be
// shared out.
bool share_out(v1::BudgetSplit& split, std::vector<v1::SplitMember> members);
// Whether both charge the same members the same, for the same reasons.
bool is_same_split(const v1::BudgetSplit& a, const v1::BudgetSplit& b);
// Adds a split that is numbered after the budget's newest, and the true-up it leads to when the
// year has been charged.
void add_split(const Financing& state, const Named<YearKey>& year, v1::BudgetSplit split,
               Effects& effects);
// The split that was charged; null while the year has not been.
SplitPtr charged_split(const Financing& state, const YearKey& year);

// Takes in a split; called by `evolve`.
void keep(Financing& state, const v1::BudgetSplit& fact, const Recorded& recorded);

}  // namespace kkr::financing
