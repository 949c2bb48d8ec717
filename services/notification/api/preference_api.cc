#include "services/notification/api/preference_api.h"

#include <string>
#include <utility>

#include "services/notification/domain/preferences.h"
#include "services/platform/grpc/request_fields.h"

namespace kkr::notification {
namespace {

auto showing_preferences(std::string name) {
  return [name = std::move(name)](const Notification& state, Log&, v1::Preferences& made) {
    const auto parsed = parse_preferences_name(name);
    if (parsed) made = shown_preferences(state, name, parsed->id);
    return grpc::Status::OK;
  };
}

}  // namespace

grpc::ServerUnaryReactor* PreferenceApi::GetPreferences(grpc::CallbackServerContext* call,
                                                        const v1::GetPreferencesRequest* request,
                                                        v1::Preferences* reply) {
  platform::RequestFields fields;
  fields.name("name", "regions/{region}/preferences/{person}", request->name());
  if (!fields.ok()) return platform::finish(call, fields.status());
  return look_up(call, logs_, request->name(), reply, showing_preferences(request->name()));
}

grpc::ServerUnaryReactor* PreferenceApi::UpdatePreferences(
    grpc::CallbackServerContext* call, const v1::UpdatePreferencesRequest* request,
    v1::Preferences* reply) {
  const std::string& name = request->preferences().name();
  return carry_out(call, logs_, name, request, reply, showing_preferences(name));
}

}  // namespace kkr::notification
