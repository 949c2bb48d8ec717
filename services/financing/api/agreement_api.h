// AgreementService over gRPC.
#pragma once

#include "kkr/financing/v1/agreements.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class AgreementApi final : public v1::AgreementService::CallbackService {
 public:
  explicit AgreementApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* CreateAgreement(grpc::CallbackServerContext* call,
                                            const v1::CreateAgreementRequest* request,
                                            v1::Agreement* reply) override;
  grpc::ServerUnaryReactor* AmendAgreement(grpc::CallbackServerContext* call,
                                           const v1::AmendAgreementRequest* request,
                                           v1::Agreement* reply) override;
  grpc::ServerUnaryReactor* EndAgreement(grpc::CallbackServerContext* call,
                                         const v1::EndAgreementRequest* request,
                                         v1::Agreement* reply) override;
  grpc::ServerUnaryReactor* EraseContacts(grpc::CallbackServerContext* call,
                                          const v1::EraseContactsRequest* request,
                                          v1::Agreement* reply) override;
  grpc::ServerUnaryReactor* GetAgreement(grpc::CallbackServerContext* call,
                                         const v1::GetAgreementRequest* request,
                                         v1::Agreement* reply) override;
  grpc::ServerUnaryReactor* ListAgreements(grpc::CallbackServerContext* call,
                                           const v1::ListAgreementsRequest* request,
                                           v1::ListAgreementsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
