// What this service knows of a round: who was asked, until when, who has answered, and which
// notices of it are recorded. Follows the consultation service's facts and has no opinion on them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/time/time.h"
#include "kkr/notification/v1/follow_events.pb.h"
#include "kkr/notification/v1/reminders.pb.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::notification {

struct Notification;

using Phase = v1::RoundPhaseFollowed::Phase;

// An invited municipality.
struct AskedMunicipality {
  LocalDate deadline;
  int moves = 0;             // How often it has moved, as its source tells.
  int deadline_version = 0;  // Grows with every move, also where the source was restored.
  absl::Time deadline_since = absl::InfinitePast();  // When it moved last.
  bool answered = false;
  absl::Time answered_since = absl::InfinitePast();  // When an answer came or went last.
};

// What the secretariat did to a reminder.
struct ReminderChange {
  std::optional<LocalDate> date;  // Where it was moved to.
  bool stopped = false;
  std::string reason_key;
  bool reason_erased = false;
  std::string etag;
};

// The days of a round that has its own.
struct OwnPlan {
  v1::ReminderPlan content;
  std::string etag;
  absl::Time since;
};

// That a notice is recorded.
struct Noticed {};

struct FollowedRound {
  std::string name;
  std::string title;
  LocalDate deadline;
  Phase phase = v1::RoundPhaseFollowed::PHASE_UNSPECIFIED;
  absl::Time phase_since = absl::InfinitePast();
  int closings = 0;
  std::uint64_t source_position = 0;  // Of the newest fact taken in.
  platform::PersistentMap<MunicipalityCode, AskedMunicipality> municipalities;
  std::shared_ptr<const OwnPlan> plan;  // Null while it has the region's.
  std::map<ReminderId, ReminderChange> changes;
  platform::PersistentMap<std::string, Noticed> notices;  // By notice_key(), but for reminders.
  platform::PersistentMap<ReminderId, std::set<Recipient>> passed;
  // The earliest reminder not yet recorded; derived.
  std::optional<absl::Time> next_reminder_at;
};

// What tells notices about one subject apart.
std::string notice_key(v1::Occasion occasion, const std::string& subject, const std::string& step);

std::shared_ptr<const FollowedRound> find_round(const Notification& state, std::string_view name);

void evolve(Notification& state, const v1::RoundFollowed& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::AnswerFollowed& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::DeadlineFollowed& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::RoundPhaseFollowed& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::SourceRolledBack& fact, const Recorded& recorded);

}  // namespace kkr::notification
