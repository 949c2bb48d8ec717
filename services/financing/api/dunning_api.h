// DunningService over gRPC.
#pragma once

#include "kkr/financing/v1/dunnings.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class DunningApi final : public v1::DunningService::CallbackService {
 public:
  explicit DunningApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* GetDunning(grpc::CallbackServerContext* call,
                                       const v1::GetDunningRequest* request,
                                       v1::Dunning* reply) override;
  grpc::ServerUnaryReactor* ListDunnings(grpc::CallbackServerContext* call,
                                         const v1::ListDunningsRequest* request,
                                         v1::ListDunningsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
