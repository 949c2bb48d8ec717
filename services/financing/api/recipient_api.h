// RecipientService over gRPC.
#pragma once

#include "kkr/financing/v1/recipients.grpc.pb.h"
#include "services/financing/api/calls.h"

namespace kkr::financing {

class RecipientApi final : public v1::RecipientService::CallbackService {
 public:
  explicit RecipientApi(Logs& logs) : logs_(logs) {}

  grpc::ServerUnaryReactor* UpdateRecipient(grpc::CallbackServerContext* call,
                                            const v1::UpdateRecipientRequest* request,
                                            v1::Recipient* reply) override;
  grpc::ServerUnaryReactor* EraseBuyerReference(grpc::CallbackServerContext* call,
                                                const v1::EraseBuyerReferenceRequest* request,
                                                v1::Recipient* reply) override;
  grpc::ServerUnaryReactor* GetRecipient(grpc::CallbackServerContext* call,
                                         const v1::GetRecipientRequest* request,
                                         v1::Recipient* reply) override;
  grpc::ServerUnaryReactor* ListRecipients(grpc::CallbackServerContext* call,
                                           const v1::ListRecipientsRequest* request,
                                           v1::ListRecipientsResponse* reply) override;

 private:
  Logs& logs_;
};

}  // namespace kkr::financing
