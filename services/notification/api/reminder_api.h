// ReminderService over gRPC.
#pragma once

#include "kkr/notification/v1/reminders.grpc.pb.h"
#include "services/notification/api/calls.h"
#include "services/platform/time/clock.h"

namespace kkr::notification {

class ReminderApi final : public v1::ReminderService::CallbackService {
 public:
  ReminderApi(Logs& logs, platform::Clock& clock) : logs_(logs), clock_(clock) {}

  grpc::ServerUnaryReactor* GetReminderPlan(grpc::CallbackServerContext* call,
                                            const v1::GetReminderPlanRequest* request,
                                            v1::ReminderPlan* reply) override;
  grpc::ServerUnaryReactor* UpdateReminderPlan(grpc::CallbackServerContext* call,
                                               const v1::UpdateReminderPlanRequest* request,
                                               v1::ReminderPlan* reply) override;
  grpc::ServerUnaryReactor* MoveReminder(grpc::CallbackServerContext* call,
                                         const v1::MoveReminderRequest* request,
                                         v1::PlannedReminder* reply) override;
  grpc::ServerUnaryReactor* StopReminder(grpc::CallbackServerContext* call,
                                         const v1::StopReminderRequest* request,
                                         v1::PlannedReminder* reply) override;
  grpc::ServerUnaryReactor* EraseReminderReason(grpc::CallbackServerContext* call,
                                                const v1::EraseReminderReasonRequest* request,
                                                v1::PlannedReminder* reply) override;
  grpc::ServerUnaryReactor* GetReminder(grpc::CallbackServerContext* call,
                                        const v1::GetReminderRequest* request,
                                        v1::PlannedReminder* reply) override;
  grpc::ServerUnaryReactor* ListReminders(grpc::CallbackServerContext* call,
                                          const v1::ListRemindersRequest* request,
                                          v1::ListRemindersResponse* reply) override;

 private:
  Logs& logs_;
  platform::Clock& clock_;
};

}  // namespace kkr::notification
