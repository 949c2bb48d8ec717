// A year's budget with its splits and the true-ups that are offered. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/financing/v1/budget_events.pb.h"
#include "services/financing/domain/ids.h"
#include "services/platform/money/money.h"

namespace kkr::financing {

using platform::Money;

struct Split {
  v1::BudgetSplit content;
  absl::Time created_at;
  std::uint64_t position = 0;  // Of its fact in the log.
};
using SplitPtr = std::shared_ptr<const Split>;

struct TrueUp {
  v1::TrueUpOffered content;
  v1::TrueUp::State state = v1::TrueUp::STATE_OFFERED;
  v1::Settlement settlement = v1::SETTLEMENT_UNSPECIFIED;
  std::string carried_by;  // The charge whose invoices bear it; empty until one does.
};

struct Budget {
  v1::BudgetUpdated content;
  std::optional<v1::BudgetApproved> approval;  // Of the budget as it stands.
  std::vector<SplitPtr> splits;                // Number n stands at n - 1.
  std::vector<TrueUp> true_ups;                // In order of number.
  std::string etag;
};

// The sum of the lines.
Money total_of(const Budget& budget);
// Null when there is no such number.
SplitPtr split_of(const Budget& budget, int number);
SplitPtr newest_split(const Budget& budget);
const TrueUp* true_up_of(const Budget& budget, int number);
// The one the secretariat may settle; null when none.
const TrueUp* offered_true_up(const Budget& budget);

}  // namespace kkr::financing
