#include "services/notification/sending/pacing.h"

#include <algorithm>

#include "services/platform/time/local_date.h"
#include "services/platform/time/working_days.h"

namespace kkr::notification {
namespace {

constexpr int kDoublingsMax = 30;

bool is_first_working_day_of_week(platform::LocalDate date) {
  const platform::LocalDate monday = absl::PrevWeekday(date + 1, absl::Weekday::monday);
  return platform::working_days_between(monday, date) == 0;
}

}  // namespace

std::optional<absl::Duration> wait_after(int attempts, const BackOff& back_off) {
  absl::Duration waited;
  absl::Duration wait = back_off.first;
  for (int i = 1; i < attempts; ++i) {
    waited += wait;
    wait = std::min(back_off.longest, i < kDoublingsMax ? wait * 2 : back_off.longest);
  }
  if (waited + wait > back_off.give_up_after) return std::nullopt;
  return wait;
}

absl::Time DomainPace::slot_for(const std::string& send, const std::string& domain,
                                absl::Time now) {
  if (per_minute_ == 0) return now;
  const std::lock_guard lock(mutex_);
  const auto kept = slots_.find(send);
  if (kept != slots_.end()) {
    const absl::Time slot = kept->second;
    if (slot <= now) slots_.erase(kept);
    return std::max(slot, now);
  }
  const absl::Duration interval = absl::Minutes(1) / per_minute_;
  absl::Time& next = next_[domain];
  next = std::max(next, now - interval * (burst_ - 1));
  const absl::Time slot = std::max(next, now);
  next += interval;
  if (slot > now) slots_[send] = slot;
  return slot;
}

std::optional<absl::Time> digest_at(v1::Preferences::Digest digest, int send_hour, absl::Time now) {
  if (digest != v1::Preferences::DIGEST_DAILY && digest != v1::Preferences::DIGEST_WEEKLY)
    return std::nullopt;
  platform::LocalDate date = platform::local_date_of(now);
  const bool weekly = digest == v1::Preferences::DIGEST_WEEKLY;
  while (platform::at_hour(date, send_hour) <= now || !platform::is_working_day(date) ||
         (weekly && !is_first_working_day_of_week(date)))
    ++date;
  return platform::at_hour(date, send_hour);
}

}  // namespace kkr::notification
