#include "services/financing/domain/true_up.h"

#include <utility>

namespace kkr::financing {

Money difference(const ShareChange& change) { return change.correct - change.charged; }

std::vector<ShareChange> changes_between(const Shares& charged, const Shares& correct) {
  std::map<MunicipalityCode, ShareChange> changes;
  for (const auto& [municipality, share] : charged) changes[municipality].charged = share;
  for (const auto& [municipality, share] : correct) changes[municipality].correct = share;
  std::vector<ShareChange> differing;
  for (auto& [municipality, change] : changes) {
    change.municipality = municipality;
    if (change.charged != change.correct) differing.push_back(change);
  }
  return differing;
}

}  // namespace kkr::financing
