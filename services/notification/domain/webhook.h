// Webhooks: which case system is told of whose notices. The secret that posts are signed with is
// made by whoever calls and kept outside the log. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "kkr/notification/v1/notice_events.pb.h"
#include "kkr/notification/v1/webhooks.pb.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"

namespace kkr::notification {

struct Notification;

// In one region.
inline constexpr std::size_t kWebhooksMax = 200;

struct KeptWebhook {
  v1::Webhook content;  // With name, time and etag, without its secret.
  std::string secret_key;
  std::uint64_t created_position = 0;
};

// One post that a notice asks for.
struct WebhookTold {
  MunicipalityCode municipality;  // Whose notice it is.
  WebhookId webhook;
  bool operator==(const WebhookTold&) const = default;
};

std::shared_ptr<const KeptWebhook> find_webhook(const Notification& state, std::string_view name);

// Which webhooks are told of the notice that stands at this position of the log: those that were
// registered before it, want its occasion, and cover a municipality it is sent to. In order of
// webhook and municipality.
std::vector<WebhookTold> webhooks_told(const Notification& state, const v1::NoticeDue& notice,
                                       std::uint64_t position);

// Whether one of them surely is told of such a notice to the municipality that fell due at that
// time: registered before it. For one registered at the same instant the log alone could say.
bool is_told(const Notification& state, v1::Occasion occasion, const MunicipalityCode& municipality,
             absl::Time due_at);

// `secret` is what the webhook gets if the command is carried out.
Decision decide(const Notification& state, const v1::CreateWebhookRequest& command,
                const std::string& secret, const Context& context);
Decision decide(const Notification& state, const v1::UpdateWebhookRequest& command,
                const Context& context);
Decision decide(const Notification& state, const v1::RotateWebhookSecretRequest& command,
                const std::string& secret, const Context& context);
Decision decide(const Notification& state, const v1::DeleteWebhookRequest& command,
                const Context& context);

void evolve(Notification& state, const v1::WebhookCreated& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::WebhookUpdated& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::WebhookSecretRotated& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::WebhookDeleted& fact, const Recorded& recorded);

}  // namespace kkr::notification
