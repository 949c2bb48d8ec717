// When which offices are reminded of a round, derived from how the round stands: nothing here is
// remembered but what has passed. Pure.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "services/notification/domain/followed_round.h"
#include "services/notification/domain/settings.h"

namespace kkr::notification {

// A reminder with whom it is still to reach.
struct PlannedReminder {
  ReminderId id;
  absl::Time send_at;
  std::vector<Recipient> recipients;  // In order.
};

// Everything not yet recorded, in order of time; what is overdue as well. Nothing for a round that
// is not open, and nobody who has answered.
std::vector<PlannedReminder> plan_of(const FollowedRound& round, const Settings& settings);

// The earliest instant of that plan; nullopt when there is none.
std::optional<absl::Time> next_reminder(const FollowedRound& round, const Settings& settings);

// When the reminder goes out: where it was moved to, else so many days before the deadline, on the
// working day on or before that, at the region's hour.
absl::Time send_time_of(const ReminderId& reminder, const FollowedRound& round,
                        const Settings& settings);

// How many days before a deadline each office is reminded.
std::map<std::string, std::vector<int>> days_by_office(const FollowedRound& round,
                                                       const Settings& settings);

// What has to be recorded of a round at `now`: a fact for each reminder whose time has come. Of
// several that are due to the same office the newest is sent and the others are superseded; the
// rules by which others are dropped are those of `DropRule`, in the order BEFORE_PLAN, STOPPED,
// DEADLINE_OVER, SUPERSEDED.
std::vector<v1::NoticeDue> reminders_due(const FollowedRound& round, const Settings& settings,
                                         absl::Time now);

}  // namespace kkr::notification
