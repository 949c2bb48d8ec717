#include "services/notification/domain/plan.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "absl/time/civil_time.h"
#include "services/platform/time/timestamp.h"
#include "services/platform/time/working_days.h"

namespace kkr::notification {
namespace {

// The days of each office, and when the secretariat last changed them.
struct Days {
  std::map<std::string, std::vector<int>> by_office;
  LocalDate changed_on;
};

Days days_of(const FollowedRound& round, const Settings& settings) {
  absl::Time changed_at = settings.since();
  if (round.plan != nullptr) changed_at = std::max(changed_at, round.plan->since);
  // No reminder was planned for a day that lies before all time.
  const LocalDate changed_on =
      changed_at == absl::InfinitePast() ? LocalDate::min() : platform::local_date_of(changed_at);
  return {days_by_office(round, settings), changed_on};
}

std::vector<int> in_order(const google::protobuf::RepeatedField<int>& days) {
  std::vector<int> sorted(days.begin(), days.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  return sorted;
}

// Remembers the instants of a round: many municipalities share a deadline.
class SendTimes {
 public:
  SendTimes(const FollowedRound& round, const Settings& settings)
      : round_(round), settings_(settings) {}

  absl::Time of(const ReminderId& reminder) {
    const auto found = known_.find(reminder);
    if (found != known_.end()) return found->second;
    return known_[reminder] = send_time_of(reminder, round_, settings_);
  }

 private:
  const FollowedRound& round_;
  const Settings& settings_;
  std::map<ReminderId, absl::Time> known_;
};

bool has_passed(const FollowedRound& round, const ReminderId& reminder,
                const Recipient& recipient) {
  const auto passed = round.passed.find(reminder);
  return passed != nullptr && passed->count(recipient) > 0;
}

// Calls `visit(code, municipality, reminder, recipient)` for each reminder that is not recorded.
template <class Visit>
void visit_open(const FollowedRound& round, const Days& days, Visit&& visit) {
  if (round.phase != v1::RoundPhaseFollowed::PHASE_OPEN) return;
  round.municipalities.for_each([&](const MunicipalityCode& code, const AskedMunicipality& asked) {
    if (asked.answered) return;
    for (const auto& [office, before] : days.by_office) {
      const Recipient recipient{code, office};
      for (const int day : before) {
        const ReminderId reminder{asked.deadline, day};
        if (!has_passed(round, reminder, recipient)) visit(asked, reminder, recipient);
      }
    }
  });
}

// A reminder of one recipient whose time has come.
struct Due {
  ReminderId reminder;
  absl::Time send_at;
  v1::DropRule rule = v1::DROP_RULE_UNSPECIFIED;
  std::string superseded_by;
};

// Whether its time lay before there was anything to remind of, or to remind by.
bool lies_before_plan(const FollowedRound& round, const AskedMunicipality& asked, const Due& due,
                      LocalDate changed_on) {
  const auto change = round.changes.find(due.reminder);
  const bool moved = change != round.changes.end() && change->second.date;
  const absl::Time since =
      std::max({round.phase_since, asked.deadline_since, asked.answered_since});
  return due.send_at < since || (!moved && platform::local_date_of(due.send_at) < changed_on);
}

v1::DropRule rule_for(const FollowedRound& round, const AskedMunicipality& asked, const Due& due,
                      LocalDate changed_on, absl::Time now) {
  if (lies_before_plan(round, asked, due, changed_on)) return v1::DROP_RULE_BEFORE_PLAN;
  const auto change = round.changes.find(due.reminder);
  if (change != round.changes.end() && change->second.stopped) return v1::DROP_RULE_STOPPED;
  if (now >= platform::end_of(asked.deadline)) return v1::DROP_RULE_DEADLINE_OVER;
  return v1::DROP_RULE_UNSPECIFIED;
}

// Leaves the newest of those to be sent, and supersedes the others by it.
void supersede(std::vector<Due>& due) {
  const auto goes_out_later = [](const Due* left, const Due* right) {
    return std::tuple(left->send_at, -left->reminder.days) <
           std::tuple(right->send_at, -right->reminder.days);
  };
  std::vector<Due*> to_send;
  for (Due& one : due) {
    if (one.rule == v1::DROP_RULE_UNSPECIFIED) to_send.push_back(&one);
  }
  if (to_send.empty()) return;
  const Due* newest = *std::max_element(to_send.begin(), to_send.end(), goes_out_later);
  for (Due* one : to_send) {
    if (one == newest) continue;
    one->rule = v1::DROP_RULE_SUPERSEDED;
    one->superseded_by = step_of(newest->reminder);
  }
}

void put(const Recipient& recipient, v1::NoticeRecipient& into) {
  into.set_municipality(recipient.municipality.text);
  into.set_office(recipient.office);
}

void put(const Recipient& recipient, const Due& due, const FollowedRound& round,
         v1::NoticeDue& fact) {
  if (fact.subject().empty()) {
    fact.set_occasion(v1::OCCASION_REMINDER);
    fact.set_subject(round.name);
    fact.set_step(step_of(due.reminder));
    *fact.mutable_due_time() = platform::timestamp_of(due.send_at);
    fact.set_round(round.name);
    fact.set_deadline_date(platform::format_date(due.reminder.deadline));
  }
  if (due.rule == v1::DROP_RULE_UNSPECIFIED) return put(recipient, *fact.add_recipients());
  v1::DroppedRecipient& dropped = *fact.add_dropped();
  put(recipient, *dropped.mutable_recipient());
  dropped.set_rule(due.rule);
  dropped.set_superseded_by(due.superseded_by);
}

}  // namespace

std::map<std::string, std::vector<int>> days_by_office(const FollowedRound& round,
                                                       const Settings& settings) {
  std::map<std::string, std::vector<int>> days;
  const v1::ReminderPlan none;
  const v1::ReminderPlan& plan = round.plan == nullptr ? none : round.plan->content;
  const std::vector<int> all =
      plan.days().empty() ? settings.reminder_days() : in_order(plan.days());
  for (const std::string& office : settings.offices_for(v1::OCCASION_REMINDER)) {
    days[office] = all;
  }
  for (const v1::OfficeDays& own : plan.offices()) days[own.office()] = in_order(own.days());
  return days;
}

absl::Time send_time_of(const ReminderId& reminder, const FollowedRound& round,
                        const Settings& settings) {
  const auto change = round.changes.find(reminder);
  const bool moved = change != round.changes.end() && change->second.date;
  const LocalDate day = moved
                            ? *change->second.date
                            : platform::working_day_on_or_before(reminder.deadline - reminder.days);
  return platform::at_hour(day, settings.send_hour());
}

std::vector<PlannedReminder> plan_of(const FollowedRound& round, const Settings& settings) {
  SendTimes times(round, settings);
  std::map<std::pair<absl::Time, ReminderId>, std::vector<Recipient>> planned;
  visit_open(round, days_of(round, settings),
             [&](const AskedMunicipality&, const ReminderId& reminder, const Recipient& recipient) {
               planned[{times.of(reminder), reminder}].push_back(recipient);
             });
  std::vector<PlannedReminder> plan;
  for (auto& [when, recipients] : planned) {
    plan.push_back({when.second, when.first, std::move(recipients)});
  }
  return plan;
}

// Asked after every fact that touches a round, so what cannot be the earliest is passed over first.
std::optional<absl::Time> next_reminder(const FollowedRound& round, const Settings& settings) {
  std::optional<absl::Time> first;
  if (round.phase != v1::RoundPhaseFollowed::PHASE_OPEN) return first;
  SendTimes times(round, settings);
  const auto days = days_by_office(round, settings);
  round.municipalities.for_each([&](const MunicipalityCode& code, const AskedMunicipality& asked) {
    if (asked.answered) return;
    for (const auto& [office, before] : days) {
      for (const int day : before) {
        const ReminderId reminder{asked.deadline, day};
        const absl::Time at = times.of(reminder);
        if (first && at >= *first) continue;
        if (!has_passed(round, reminder, {code, office})) first = at;
      }
    }
  });
  return first;
}

std::vector<v1::NoticeDue> reminders_due(const FollowedRound& round, const Settings& settings,
                                         absl::Time now) {
  const Days days = days_of(round, settings);
  SendTimes times(round, settings);
  std::map<Recipient, std::vector<Due>> due;
  visit_open(
      round, days,
      [&](const AskedMunicipality& asked, const ReminderId& reminder, const Recipient& recipient) {
        Due one{reminder, times.of(reminder), v1::DROP_RULE_UNSPECIFIED, {}};
        if (one.send_at > now) return;
        one.rule = rule_for(round, asked, one, days.changed_on, now);
        due[recipient].push_back(std::move(one));
      });
  std::map<ReminderId, v1::NoticeDue> facts;
  for (auto& [recipient, reminders] : due) {
    supersede(reminders);
    for (const Due& one : reminders) put(recipient, one, round, facts[one.reminder]);
  }
  std::vector<v1::NoticeDue> all;
  for (auto& [reminder, fact] : facts) all.push_back(std::move(fact));
  return all;
}

}  // namespace kkr::notification
