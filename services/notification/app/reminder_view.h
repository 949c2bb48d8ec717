// Reminders and their plan as a caller sees them.
#pragma once

#include <string>
#include <vector>

#include "kkr/notification/v1/reminders.pb.h"
#include "services/notification/app/texts.h"
#include "services/notification/domain/plan.h"

namespace kkr::notification {

v1::PlannedReminder shown(const FollowedRound& round, const PlannedReminder& planned, Texts& texts);
v1::ReminderPlan shown_plan(const FollowedRound& round);

// A reminder in a list, and the key that puts it in order of time, round and name.
struct ListedReminder {
  std::string key;
  const FollowedRound* round;
  PlannedReminder planned;
};

// The reminders of the round that go out before `until`, added to `list`.
void list_reminders(const FollowedRound& round, const Settings& settings, absl::Time until,
                    std::vector<ListedReminder>& list);

}  // namespace kkr::notification
