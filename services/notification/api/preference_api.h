// PreferenceService over gRPC.
#pragma once

#include "kkr/notification/v1/preferences.grpc.pb.h"
#include "services/notification/api/calls.h"

namespace kkr::notification {

class PreferenceApi final : public v1::PreferenceService::CallbackService {
 public:
  explicit PreferenceApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* GetPreferences(grpc::CallbackServerContext* call,
                                           const v1::GetPreferencesRequest* request,
                                           v1::Preferences* reply) override;
  grpc::ServerUnaryReactor* UpdatePreferences(grpc::CallbackServerContext* call,
                                              const v1::UpdatePreferencesRequest* request,
                                              v1::Preferences* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::notification
