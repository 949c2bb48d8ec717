#include "services/platform/lease/placement.h"

#include <algorithm>
#include <tuple>

#include "services/platform/event_store/sha256.h"

namespace kkr::platform {
namespace {

Hash weight_of(const Replica& replica, const std::string& region) {
  thread_local Sha256 sha256;
  return sha256.field(replica.name).field(region).finish();
}

bool refuses(const Replica& replica, const std::string& region) {
  return std::any_of(replica.refuses.begin(), replica.refuses.end(),
                     [&](const std::string& one) { return one == "*" || one == region; });
}

}  // namespace

const Replica* best_placed(const std::vector<Replica>& replicas, const std::string& region) {
  const Replica* best = nullptr;
  Hash weight{};
  for (const Replica& replica : replicas) {
    if (refuses(replica, region)) continue;
    const Hash its = weight_of(replica, region);
    // Two of one name are an old and a new process; they agree which of them it is.
    if (best == nullptr || std::tie(its, replica.instance) > std::tie(weight, best->instance)) {
      best = &replica;
      weight = its;
    }
  }
  return best;
}

LeaseMove move_of(const LeaseRow& lease, const std::vector<Replica>& living,
                  const std::string& self, Observed observed, const PlacementRules& rules) {
  const auto instance_is = [](const std::string& instance) {
    return [&instance](const Replica& replica) { return replica.instance == instance; };
  };
  const Replica* best = best_placed(living, lease.region);
  const auto me = std::find_if(living.begin(), living.end(), instance_is(self));
  if (me == living.end()) return LeaseMove::kFollow;
  if (lease.holder == self) {
    if (best == nullptr) return LeaseMove::kLead;
    const bool give = best->instance != self &&
                      (refuses(*me, lease.region) || observed.best_alive >= rules.proven_after);
    return give ? LeaseMove::kHandOver : LeaseMove::kLead;
  }
  if (std::any_of(living.begin(), living.end(), instance_is(lease.holder))) {
    return LeaseMove::kFollow;
  }
  if (best == nullptr || refuses(*me, lease.region)) return LeaseMove::kFollow;
  const bool take = best->instance == self || observed.headless >= rules.patience;
  return take ? LeaseMove::kTake : LeaseMove::kFollow;
}

}  // namespace kkr::platform
