#include "services/notification/api/reminder_api.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/notification/app/reminder_view.h"
#include "services/notification/domain/reminder_commands.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/grpc/failure_status.h"

namespace kkr::notification {
namespace {

// How far the plan is shown.
constexpr absl::Duration kHorizon = absl::Hours(24 * 90);

grpc::Status status_of(const Texts& texts) {
  return texts.failure() ? platform::failure_status(*texts.failure()) : grpc::Status::OK;
}

auto showing_plan(std::string name) {
  return [name = std::move(name)](const Notification& state, Log&, v1::ReminderPlan& made) {
    const auto parsed = parse_plan_name(name);
    const auto round = parsed ? state.rounds.find(parsed->id) : nullptr;
    if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
    made = shown_plan(*round);
    return grpc::Status::OK;
  };
}

auto showing_reminder(std::string name) {
  return [name = std::move(name)](const Notification& state, Log& log, v1::PlannedReminder& made) {
    const auto parsed = parse_reminder_name(name);
    const auto round = parsed ? state.rounds.find(parsed->id.round) : nullptr;
    if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
    const auto planned = find_planned(state, *round, parsed->id.reminder);
    if (!planned) return to_status(refusal(Rejection::kReminderUnknown));
    Texts texts(log.store());
    made = shown(*round, *planned, texts);
    return status_of(texts);
  };
}

// The reminder whether or not it has passed; then without recipients.
auto showing_changed(std::string name) {
  return [name = std::move(name)](const Notification& state, Log& log, v1::PlannedReminder& made) {
    const auto parsed = parse_reminder_name(name);
    const auto round = parsed ? state.rounds.find(parsed->id.round) : nullptr;
    if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
    const ReminderId& reminder = parsed->id.reminder;
    const auto planned = find_planned(state, *round, reminder);
    Texts texts(log.store());
    made = shown(*round,
                 planned.value_or(
                     PlannedReminder{reminder, send_time_of(reminder, *round, state.settings), {}}),
                 texts);
    return status_of(texts);
  };
}

// The rounds of the list must be held.
grpc::Status put_in(Log& log, std::vector<ListedReminder>& listed, PageFill& page,
                    v1::ListRemindersResponse& reply) {
  std::sort(listed.begin(), listed.end(),
            [](const auto& left, const auto& right) { return left.key < right.key; });
  Texts texts(log.store());
  for (const ListedReminder& one : listed) {
    if (one.key <= page.after()) continue;
    if (!page.has_room(reply)) break;
    *reply.add_reminders() = shown(*one.round, one.planned, texts);
    page.put_in(one.key);
  }
  return status_of(texts);
}

}  // namespace

grpc::ServerUnaryReactor* ReminderApi::GetReminderPlan(grpc::CallbackServerContext* call,
                                                       const v1::GetReminderPlanRequest* request,
                                                       v1::ReminderPlan* reply) {
  return look_up(call, logs_, request->name(), reply, showing_plan(request->name()));
}

grpc::ServerUnaryReactor* ReminderApi::UpdateReminderPlan(
    grpc::CallbackServerContext* call, const v1::UpdateReminderPlanRequest* request,
    v1::ReminderPlan* reply) {
  const std::string& name = request->plan().name();
  return carry_out(call, logs_, name, request, reply, showing_plan(name));
}

grpc::ServerUnaryReactor* ReminderApi::MoveReminder(grpc::CallbackServerContext* call,
                                                    const v1::MoveReminderRequest* request,
                                                    v1::PlannedReminder* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_reminder(request->name()));
}

grpc::ServerUnaryReactor* ReminderApi::StopReminder(grpc::CallbackServerContext* call,
                                                    const v1::StopReminderRequest* request,
                                                    v1::PlannedReminder* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_reminder(request->name()));
}

grpc::ServerUnaryReactor* ReminderApi::EraseReminderReason(
    grpc::CallbackServerContext* call, const v1::EraseReminderReasonRequest* request,
    v1::PlannedReminder* reply) {
  return carry_out(call, logs_, request->name(), request, reply, showing_changed(request->name()));
}

grpc::ServerUnaryReactor* ReminderApi::GetReminder(grpc::CallbackServerContext* call,
                                                   const v1::GetReminderRequest* request,
                                                   v1::PlannedReminder* reply) {
  return look_up(call, logs_, request->name(), reply, showing_reminder(request->name()));
}

grpc::ServerUnaryReactor* ReminderApi::ListReminders(grpc::CallbackServerContext* call,
                                                     const v1::ListRemindersRequest* request,
                                                     v1::ListRemindersResponse* reply) {
  const auto ids = platform::match_name("regions/{region}/rounds/{round}", request->parent());
  const bool all = ids && ids->at(1) == "-";
  return list(
      call, logs_, request->parent() + "/reminders", request, reply,
      [this, all, name = request->parent()](const Notification& state, Log& log, PageFill& page,
                                            v1::ListRemindersResponse& made) {
        const absl::Time until = clock_.now() + kHorizon;
        std::vector<ListedReminder> listed;
        if (all) {
          state.rounds.for_each([&](const RoundId&, const FollowedRound& round) {
            list_reminders(round, state.settings, until, listed);
          });
          return put_in(log, listed, page, made);
        }
        const auto round = find_round(state, name);
        if (round == nullptr) return to_status(refusal(Rejection::kRoundUnknown));
        list_reminders(*round, state.settings, until, listed);
        return put_in(log, listed, page, made);
      });
}

}  // namespace kkr::notification
