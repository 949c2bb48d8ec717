// How the secretariat changes when a round reminds. Pure.
#pragma once

#include <optional>

#include "services/notification/domain/plan.h"
#include "services/notification/domain/state.h"

namespace kkr::notification {

Decision decide(const Notification& state, const v1::UpdateReminderPlanRequest& command,
                const Context& context);
Decision decide(const Notification& state, const v1::MoveReminderRequest& command,
                const Context& context);
Decision decide(const Notification& state, const v1::StopReminderRequest& command,
                const Context& context);
Decision decide(const Notification& state, const v1::EraseReminderReasonRequest& command,
                const Context& context);

// The reminder as it is still to come; nullopt when there is none, or no more.
std::optional<PlannedReminder> find_planned(const Notification& state, const FollowedRound& round,
                                            const ReminderId& reminder);

void evolve(Notification& state, const v1::ReminderPlanUpdated& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::ReminderMoved& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::ReminderStopped& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::ReminderReasonErased& fact, const Recorded& recorded);

}  // namespace kkr::notification
