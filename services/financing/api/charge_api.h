// ChargeService over gRPC.
#pragma once

#include "kkr/financing/v1/charges.grpc.pb.h"
#include "services/financing/api/calls.h"
#include "services/platform/time/clock.h"

namespace kkr::financing {

class ChargeApi final : public v1::ChargeService::CallbackService {
 public:
  ChargeApi(Logs& logs, const platform::Clock& clock) : logs_(logs), clock_(clock) {}

  grpc::ServerUnaryReactor* PreviewCharge(grpc::CallbackServerContext* call,
                                          const v1::PreviewChargeRequest* request,
                                          v1::ChargePreview* reply) override;
  grpc::ServerUnaryReactor* RunCharge(grpc::CallbackServerContext* call,
                                      const v1::RunChargeRequest* request,
                                      v1::Charge* reply) override;
  grpc::ServerUnaryReactor* GetCharge(grpc::CallbackServerContext* call,
                                      const v1::GetChargeRequest* request,
                                      v1::Charge* reply) override;
  grpc::ServerUnaryReactor* ListCharges(grpc::CallbackServerContext* call,
                                        const v1::ListChargesRequest* request,
                                        v1::ListChargesResponse* reply) override;

 private:
  Logs& logs_;
  const platform::Clock& clock_;
};

}  // namespace kkr::financing
