// What changes for whom when a year that was charged is split again. Pure.
#pragma once

#include <vector>

#include "services/financing/domain/split.h"

namespace kkr::financing {

struct ShareChange {
  MunicipalityCode municipality;
  Money charged;  // Zero for who was no member then.
  Money correct;  // Zero for who is none now.
};

// Correct less charged: below zero for who paid too much.
Money difference(const ShareChange& change);

// Those whose share changes, in order of code. The differences add up to how the two totals differ,
// exactly: to zero when the budget is the same.
std::vector<ShareChange> changes_between(const Shares& charged, const Shares& correct);

}  // namespace kkr::financing
