#include "services/notification/domain/state.h"

#include <vector>

#include "services/notification/domain/plan.h"

namespace kkr::notification {

void Notification::change_round(const RoundId& id,
                                const std::function<void(FollowedRound&)>& apply) {
  rounds.update(id, [&](FollowedRound& round) {
    apply(round);
    round.next_reminder_at = next_reminder(round, settings);
  });
}

void Notification::plan_anew() {
  std::vector<RoundId> open;
  rounds.for_each([&](const RoundId& id, const FollowedRound& round) {
    if (round.phase == v1::RoundPhaseFollowed::PHASE_OPEN) open.push_back(id);
  });
  for (const RoundId& id : open) change_round(id, [](FollowedRound&) {});
}

bool is_stale(const std::string& seen, const std::string& present) {
  return !seen.empty() && seen != present;
}

std::string etag_of(const Recorded& recorded) {
  return std::to_string(recorded.at.position) + '-' + recorded.at.generation.substr(0, 8);
}

}  // namespace kkr::notification
