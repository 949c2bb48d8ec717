#include "services/notification/app/reminder_view.h"

#include <utility>

#include "services/platform/time/timestamp.h"

namespace kkr::notification {

v1::PlannedReminder shown(const FollowedRound& round, const PlannedReminder& planned,
                          Texts& texts) {
  v1::PlannedReminder reply;
  reply.set_name(reminder_name(round.name, planned.id));
  reply.set_round_title(round.title);
  reply.set_deadline_date(platform::format_date(planned.id.deadline));
  reply.set_days(planned.id.days);
  *reply.mutable_send_time() = platform::timestamp_of(planned.send_at);
  for (const Recipient& recipient : planned.recipients) {
    v1::NoticeRecipient& one = *reply.add_recipients();
    one.set_municipality(recipient.municipality.text);
    one.set_office(recipient.office);
  }
  const auto change = round.changes.find(planned.id);
  if (change == round.changes.end()) return reply;
  reply.set_moved(change->second.date.has_value());
  reply.set_stopped(change->second.stopped);
  *reply.mutable_reason() = texts.read(change->second.reason_key);
  reply.set_etag(change->second.etag);
  return reply;
}

v1::ReminderPlan shown_plan(const FollowedRound& round) {
  v1::ReminderPlan reply;
  if (round.plan != nullptr) {
    reply = round.plan->content;
    reply.set_etag(round.plan->etag);
  }
  reply.set_name(plan_name(round.name));
  return reply;
}

void list_reminders(const FollowedRound& round, const Settings& settings, absl::Time until,
                    std::vector<ListedReminder>& list) {
  for (PlannedReminder& planned : plan_of(round, settings)) {
    if (planned.send_at >= until) return;
    std::string key = absl::FormatTime("%Y-%m-%dT%H:%M:%S", planned.send_at, absl::UTCTimeZone()) +
                      ' ' + reminder_name(round.name, planned.id);
    list.push_back({std::move(key), &round, std::move(planned)});
  }
}

}  // namespace kkr::notification
