#include "services/notification/api/webhook_api.h"

#include <optional>
#include <string>
#include <utility>

#include "services/notification/api/secrets.h"
#include "services/notification/domain/webhook.h"
#include "services/notification/webhooks/signature.h"
#include "services/notification/webhooks/webhook_client.h"

namespace kkr::notification {
namespace {

auto showing_webhook(std::string name) {
  return [name = std::move(name)](const Notification& state, Log&, v1::Webhook& made) {
    const auto webhook = find_webhook(state, name);
    if (webhook == nullptr) return to_status(refusal(Rejection::kWebhookUnknown));
    made = webhook->content;
    return grpc::Status::OK;
  };
}

auto showing_with_secret(std::string name) {
  return [name = std::move(name)](const Committed& done, Log& log, v1::Webhook& made) {
    const auto webhook = find_webhook(done.state->state, name);
    if (webhook == nullptr) return to_status(refusal(Rejection::kWebhookUnknown));
    made = webhook->content;
    return read_secret(log, webhook->secret_key, *made.mutable_secret());
  };
}

// What is wrong with the URL; what else may be wrong is the domain's to say.
std::optional<grpc::Status> fault_in_url(const v1::Webhook& webhook, bool allow_private) {
  const auto fault = url_fault(webhook.url(), allow_private);
  if (!fault) return std::nullopt;
  return to_status(refusal(Rejection::kArgumentInvalid,
                           {{"field", "webhook.url"}, {"rule", "The URL " + *fault + "."}}));
}

}  // namespace

grpc::ServerUnaryReactor* WebhookApi::CreateWebhook(grpc::CallbackServerContext* call,
                                                    const v1::CreateWebhookRequest* request,
                                                    v1::Webhook* reply) {
  if (auto fault = fault_in_url(request->webhook(), allow_private_)) {
    return platform::finish(call, *std::move(fault));
  }
  const std::string region(region_of(request->parent()));
  const WebhookId id{created_id(request->webhook_id(), request->request_id())};
  return platform::run_command<Domain>(
      call, logs_, region, *request, reply,
      [request, secret = new_webhook_secret()](const Notification& state, const Context& context) {
        return decide(state, *request, secret, context);
      },
      showing_with_secret(webhook_name(region, id)));
}

grpc::ServerUnaryReactor* WebhookApi::UpdateWebhook(grpc::CallbackServerContext* call,
                                                    const v1::UpdateWebhookRequest* request,
                                                    v1::Webhook* reply) {
  if (auto fault = fault_in_url(request->webhook(), allow_private_)) {
    return platform::finish(call, *std::move(fault));
  }
  const std::string& name = request->webhook().name();
  return carry_out(call, logs_, name, request, reply, showing_webhook(name));
}

grpc::ServerUnaryReactor* WebhookApi::RotateWebhookSecret(
    grpc::CallbackServerContext* call, const v1::RotateWebhookSecretRequest* request,
    v1::Webhook* reply) {
  return platform::run_command<Domain>(
      call, logs_, region_of(request->name()), *request, reply,
      [request, secret = new_webhook_secret()](const Notification& state, const Context& context) {
        return decide(state, *request, secret, context);
      },
      showing_with_secret(request->name()));
}

// Nothing is left to show but what was asked for, and the same again for a retry.
grpc::ServerUnaryReactor* WebhookApi::DeleteWebhook(grpc::CallbackServerContext* call,
                                                    const v1::DeleteWebhookRequest* request,
                                                    v1::Webhook* reply) {
  return carry_out(call, logs_, request->name(), request, reply,
                   [name = request->name()](const Notification&, Log&, v1::Webhook& made) {
                     made.set_name(name);
                     return grpc::Status::OK;
                   });
}

grpc::ServerUnaryReactor* WebhookApi::GetWebhook(grpc::CallbackServerContext* call,
                                                 const v1::GetWebhookRequest* request,
                                                 v1::Webhook* reply) {
  return look_up(call, logs_, request->name(), reply, showing_webhook(request->name()));
}

grpc::ServerUnaryReactor* WebhookApi::ListWebhooks(grpc::CallbackServerContext* call,
                                                   const v1::ListWebhooksRequest* request,
                                                   v1::ListWebhooksResponse* reply) {
  return list(call, logs_, request->parent() + "/webhooks", request, reply,
              [](const Notification& state, Log&, PageFill& page, v1::ListWebhooksResponse& made) {
                const WebhookId after{page.after()};
                state.webhooks.visit_after(&after,
                                           [&](const WebhookId& id, const KeptWebhook& webhook) {
                                             if (!page.has_room(made)) return false;
                                             *made.add_webhooks() = webhook.content;
                                             page.put_in(id.text);
                                             return true;
                                           });
                return grpc::Status::OK;
              });
}

}  // namespace kkr::notification
