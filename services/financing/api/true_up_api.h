// TrueUpService over gRPC.
#pragma once

#include "kkr/financing/v1/true_ups.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class TrueUpApi final : public v1::TrueUpService::CallbackService {
 public:
  explicit TrueUpApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* SettleTrueUp(grpc::CallbackServerContext* call,
                                         const v1::SettleTrueUpRequest* request,
                                         v1::TrueUp* reply) override;
  grpc::ServerUnaryReactor* GetTrueUp(grpc::CallbackServerContext* call,
                                      const v1::GetTrueUpRequest* request,
                                      v1::TrueUp* reply) override;
  grpc::ServerUnaryReactor* ListTrueUps(grpc::CallbackServerContext* call,
                                        const v1::ListTrueUpsRequest* request,
                                        v1::ListTrueUpsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
