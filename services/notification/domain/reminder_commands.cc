#include "services/notification/domain/reminder_commands.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <variant>

#include "absl/time/civil_time.h"
#include "services/notification/domain/arguments.h"
#include "services/platform/field/field_behavior.h"
#include "services/platform/time/working_days.h"

namespace kkr::notification {
namespace {

std::optional<Refusal> fault_in(const v1::ReminderPlan& plan) {
  Arguments arguments;
  arguments.reminder_days("plan.days", plan.days());
  arguments.between("plan.offices", plan.offices_size(), 0, 10);
  std::set<std::string> seen;
  for (const v1::OfficeDays& own : plan.offices()) {
    arguments.office("plan.offices.office", own.office());
    arguments.must(seen.insert(own.office()).second, "plan.offices.office", "each once");
    arguments.reminder_days("plan.offices.days", own.days());
  }
  return arguments.fault();
}

// The reminder a command is about, which is still to come.
struct Target {
  Named<RoundReminderId> name;
  std::shared_ptr<const FollowedRound> round;
  PlannedReminder planned;
  ReminderChange change;  // As it was changed before.
};

template <class Command>
std::variant<Target, Refusal> target_of(const Notification& state, const Command& command) {
  const auto name = parse_reminder_name(command.name());
  const auto round = name ? state.rounds.find(name->id.round) : nullptr;
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  const ReminderId& reminder = name->id.reminder;
  auto planned = find_planned(state, *round, reminder);
  const bool is_open = round->phase == v1::RoundPhaseFollowed::PHASE_OPEN;
  if (is_open && !planned && !round->passed.contains(reminder)) {
    return refusal(Rejection::kReminderUnknown);
  }
  const auto change = round->changes.find(reminder);
  const bool changed = change != round->changes.end();
  if (is_stale(command.etag(), changed ? change->second.etag : "")) {
    return refusal(Rejection::kEtagStale);
  }
  if (!is_open) return refusal(Rejection::kRoundNotOpen);
  if (!planned) return refusal(Rejection::kReminderPassed);
  if (auto fault = fault_in_reason(command.reason())) return *std::move(fault);
  return Target{*name, round, *std::move(planned), changed ? change->second : ReminderChange{}};
}

// Where the reason of this change is kept; the one before goes.
std::string put_reason_aside(const Target& target, const std::string& reason,
                             const Context& context, Effects& effects) {
  std::string key = "round/" + target.name.id.round.text + "/reminder/" +
                    step_of(target.name.id.reminder) + "/" + context.new_id;
  effects.private_writes.push_back({key, reason});
  if (!target.change.reason_key.empty() && !target.change.reason_erased) {
    effects.private_writes.push_back({target.change.reason_key, std::nullopt});
  }
  return key;
}

template <class Change>
void change_reminder(Notification& state, const std::string& reminder, const Recorded& recorded,
                     Change&& apply) {
  const auto name = parse_reminder_name(reminder);
  if (!name) return;
  state.change_round(name->id.round, [&](FollowedRound& round) {
    ReminderChange& change = round.changes[name->id.reminder];
    std::forward<Change>(apply)(change);
    change.etag = etag_of(recorded);
  });
}

}  // namespace

std::optional<PlannedReminder> find_planned(const Notification& state, const FollowedRound& round,
                                            const ReminderId& reminder) {
  auto plan = plan_of(round, state.settings);
  const auto found = std::find_if(plan.begin(), plan.end(),
                                  [&](const PlannedReminder& one) { return one.id == reminder; });
  if (found == plan.end()) return std::nullopt;
  return std::move(*found);
}

Decision decide(const Notification& state, const v1::UpdateReminderPlanRequest& command,
                const Context&) {
  const v1::ReminderPlan& sent = command.plan();
  const auto name = parse_plan_name(sent.name());
  const auto round = name ? state.rounds.find(name->id) : nullptr;
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  if (is_stale(sent.etag(), round->plan == nullptr ? "" : round->plan->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  if (round->phase != v1::RoundPhaseFollowed::PHASE_OPEN) {
    return refusal(Rejection::kRoundNotOpen);
  }
  if (auto fault = fault_in(sent)) return *std::move(fault);
  v1::Event event;
  v1::ReminderPlan& kept = *event.mutable_reminder_plan_updated()->mutable_plan();
  kept = sent;
  platform::clear_output_only(kept);
  kept.clear_etag();
  Effects effects;
  effects.facts.push_back({stream_of(name->id), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::MoveReminderRequest& command,
                const Context& context) {
  auto found = target_of(state, command);
  if (auto* refused = std::get_if<Refusal>(&found)) return std::move(*refused);
  const Target& target = std::get<Target>(found);
  const auto date = platform::parse_date(command.date());
  Arguments arguments;
  arguments.must(date.has_value(), "date", "a date such as 2013-03-05");
  if (arguments.fault()) return *arguments.fault();
  const absl::Time send_at = platform::at_hour(*date, state.settings.send_hour());
  if (send_at <= context.now) return refusal(Rejection::kDateNotInFuture, {{"field", "date"}});
  if (!platform::is_working_day(*date)) {
    return refusal(Rejection::kDateNotWorkingDay, {{"field", "date"}});
  }
  if (*date > target.name.id.reminder.deadline) {
    return refusal(Rejection::kDateAfterDeadline, {{"field", "date"}});
  }
  Effects effects;
  v1::Event event;
  v1::ReminderMoved& fact = *event.mutable_reminder_moved();
  fact.set_reminder(command.name());
  fact.set_date(command.date());
  fact.mutable_reason()->set_key(put_reason_aside(target, command.reason(), context, effects));
  effects.facts.push_back({stream_of(target.name.id.round), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::StopReminderRequest& command,
                const Context& context) {
  auto found = target_of(state, command);
  if (auto* refused = std::get_if<Refusal>(&found)) return std::move(*refused);
  const Target& target = std::get<Target>(found);
  if (target.change.stopped) return Effects{};
  Effects effects;
  v1::Event event;
  v1::ReminderStopped& fact = *event.mutable_reminder_stopped();
  fact.set_reminder(command.name());
  fact.mutable_reason()->set_key(put_reason_aside(target, command.reason(), context, effects));
  effects.facts.push_back({stream_of(target.name.id.round), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::EraseReminderReasonRequest& command,
                const Context&) {
  const auto name = parse_reminder_name(command.name());
  const auto round = name ? state.rounds.find(name->id.round) : nullptr;
  if (round == nullptr) return refusal(Rejection::kRoundUnknown);
  const auto change = round->changes.find(name->id.reminder);
  if (change == round->changes.end()) return refusal(Rejection::kReminderUnknown);
  if (change->second.reason_erased) return Effects{};
  Effects effects;
  v1::Event event;
  event.mutable_reminder_reason_erased()->set_reminder(command.name());
  effects.facts.push_back({stream_of(name->id.round), std::move(event)});
  effects.private_writes.push_back({change->second.reason_key, std::nullopt});
  return effects;
}

void evolve(Notification& state, const v1::ReminderPlanUpdated& fact, const Recorded& recorded) {
  const auto name = parse_plan_name(fact.plan().name());
  if (!name) return;
  state.change_round(name->id, [&](FollowedRound& round) {
    round.plan = std::make_shared<const OwnPlan>(
        OwnPlan{fact.plan(), etag_of(recorded), recorded.at.recorded_at});
  });
}

void evolve(Notification& state, const v1::ReminderMoved& fact, const Recorded& recorded) {
  change_reminder(state, fact.reminder(), recorded, [&](ReminderChange& change) {
    change.date = platform::parse_date(fact.date());
    change.stopped = false;
    change.reason_key = fact.reason().key();
    change.reason_erased = false;
  });
}

void evolve(Notification& state, const v1::ReminderStopped& fact, const Recorded& recorded) {
  change_reminder(state, fact.reminder(), recorded, [&](ReminderChange& change) {
    change.stopped = true;
    change.reason_key = fact.reason().key();
    change.reason_erased = false;
  });
}

void evolve(Notification& state, const v1::ReminderReasonErased& fact, const Recorded& recorded) {
  change_reminder(state, fact.reminder(), recorded,
                  [](ReminderChange& change) { change.reason_erased = true; });
}

}  // namespace kkr::notification
