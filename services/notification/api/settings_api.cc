#include "services/notification/api/settings_api.h"

#include "services/notification/domain/settings.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::notification {

grpc::ServerUnaryReactor* SettingsApi::GetSettings(grpc::CallbackServerContext* call,
                                                   const v1::GetSettingsRequest* request,
                                                   v1::NotificationSettings* reply) {
  platform::RequestFields fields;
  fields.name("name", "regions/{region}/notificationSettings", request->name());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->name(), reply,
                 [](const Notification& state, Log& log, v1::NotificationSettings& made) {
                   made = shown(state.settings, log.region());
                   return grpc::Status::OK;
                 });
}

grpc::ServerUnaryReactor* SettingsApi::UpdateSettings(grpc::CallbackServerContext* call,
                                                      const v1::UpdateSettingsRequest* request,
                                                      v1::NotificationSettings* reply) {
  return carry_out(call, logs_, request->settings().name(), request, reply,
                   [](const Notification& state, Log& log, v1::NotificationSettings& made) {
                     made = shown(state.settings, log.region());
                     return grpc::Status::OK;
                   });
}

}  // namespace kkr::notification
