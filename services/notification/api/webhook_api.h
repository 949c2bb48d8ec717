// Webhooks over gRPC.
#pragma once

#include "kkr/notification/v1/webhooks.grpc.pb.h"
#include "services/notification/api/calls.h"

namespace kkr::notification {

class WebhookApi final : public v1::WebhookService::CallbackService {
 public:
  // The logs must outlive the API. `allow_private`: see WebhookLimits.
  WebhookApi(Logs& logs, bool allow_private) : logs_(logs), allow_private_(allow_private) {}

  grpc::ServerUnaryReactor* CreateWebhook(grpc::CallbackServerContext* call,
                                          const v1::CreateWebhookRequest* request,
                                          v1::Webhook* reply) override;
  grpc::ServerUnaryReactor* UpdateWebhook(grpc::CallbackServerContext* call,
                                          const v1::UpdateWebhookRequest* request,
                                          v1::Webhook* reply) override;
  grpc::ServerUnaryReactor* RotateWebhookSecret(grpc::CallbackServerContext* call,
                                                const v1::RotateWebhookSecretRequest* request,
                                                v1::Webhook* reply) override;
  grpc::ServerUnaryReactor* DeleteWebhook(grpc::CallbackServerContext* call,
                                          const v1::DeleteWebhookRequest* request,
                                          v1::Webhook* reply) override;
  grpc::ServerUnaryReactor* GetWebhook(grpc::CallbackServerContext* call,
                                       const v1::GetWebhookRequest* request,
                                       v1::Webhook* reply) override;
  grpc::ServerUnaryReactor* ListWebhooks(grpc::CallbackServerContext* call,
                                         const v1::ListWebhooksRequest* request,
                                         v1::ListWebhooksResponse* reply) override;

 private:
  Logs& logs_;
  const bool allow_private_;
};

}  // namespace kkr::notification
