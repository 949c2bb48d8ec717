// SettingsService over gRPC.
#pragma once

#include "kkr/notification/v1/settings.grpc.pb.h"
#include "services/notification/api/calls.h"

namespace kkr::notification {

class SettingsApi final : public v1::SettingsService::CallbackService {
 public:
  explicit SettingsApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* GetSettings(grpc::CallbackServerContext* call,
                                        const v1::GetSettingsRequest* request,
                                        v1::NotificationSettings* reply) override;
  grpc::ServerUnaryReactor* UpdateSettings(grpc::CallbackServerContext* call,
                                           const v1::UpdateSettingsRequest* request,
                                           v1::NotificationSettings* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::notification
