// How a region sends its notices: what the secretariat set, and what holds where it set nothing.
// Pure.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "kkr/notification/v1/settings.pb.h"
#include "services/notification/domain/decision.h"

namespace kkr::notification {

struct Notification;

class Settings {
 public:
  Settings() = default;
  Settings(v1::NotificationSettings content, std::string etag, absl::Time since)
      : content_(std::move(content)), etag_(std::move(etag)), since_(since) {}

  // As they were set, with their name; empty while nobody has.
  const v1::NotificationSettings& content() const { return content_; }
  const std::string& etag() const { return etag_; }
  // When they were changed last; the beginning of time while nobody has.
  absl::Time since() const { return since_; }

  int send_hour() const;
  // Before a deadline, the most first.
  std::vector<int> reminder_days() const;
  // None when the region has turned the occasion off.
  std::vector<std::string> offices_for(v1::Occasion occasion) const;
  v1::Language language() const;
  int late_days() const;
  int retention_days() const;

 private:
  v1::NotificationSettings content_;
  std::string etag_;
  absl::Time since_ = absl::InfinitePast();
};

// The settings with everything filled in that holds where nothing was set.
v1::NotificationSettings shown(const Settings& settings, std::string_view region);

// Invitations, reminders, charges and what takes a deadline out of calendars.
bool is_mandatory(v1::Occasion occasion);

Decision decide(const Notification& state, const v1::UpdateSettingsRequest& command,
                const Context& context);
void evolve(Notification& state, const v1::SettingsUpdated& fact, const Recorded& recorded);

}  // namespace kkr::notification
