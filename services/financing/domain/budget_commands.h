// How a year's budget is said and approved. Pure.
#pragma once

#include <memory>
#include <string_view>

#include "kkr/financing/v1/budgets.pb.h"
#include "services/financing/domain/state.h"

namespace kkr::financing {

Decision decide(const Financing& state, const v1::UpdateBudgetRequest& command,
                const Context& context);
Decision decide(const Financing& state, const v1::ApproveBudgetRequest& command,
                const Context& context);

// Whether the year has been charged.
bool is_charged(const Financing& state, const YearKey& year);

// Takes in what happened to a budget; called by `evolve`.
void update(Financing& state, const v1::BudgetUpdated& fact, const Recorded& recorded);
void approve(Financing& state, const v1::BudgetApproved& fact, const Recorded& recorded);

}  // namespace kkr::financing
