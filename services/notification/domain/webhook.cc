#include "services/notification/domain/webhook.h"

#include <algorithm>
#include <set>
#include <utility>

#include "services/notification/domain/arguments.h"
#include "services/notification/domain/state.h"
#include "services/platform/field/field_behavior.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kUrlCharactersMax = 2048;

std::string stream_of(const WebhookId& webhook) { return "webhook-" + webhook.text; }

// Another key for each secret: the old document goes as the new one comes.
std::string secret_key(const WebhookId& webhook, const Context& context) {
  return "webhook/" + webhook.text + "/secret/" + context.new_id;
}

std::optional<Refusal> fault_in(const v1::Webhook& webhook) {
  Arguments arguments;
  arguments.text("webhook.url", webhook.url(), 1, kUrlCharactersMax);
  arguments.must(webhook.municipality().empty() || is_municipality_code(webhook.municipality()),
                 "webhook.municipality", "three digits");
  std::set<int> seen;
  for (const int occasion : webhook.occasions()) {
    arguments.must(occasion != v1::OCCASION_UNSPECIFIED && v1::Occasion_IsValid(occasion),
                   "webhook.occasions", "an occasion");
    arguments.must(seen.insert(occasion).second, "webhook.occasions", "each once");
  }
  return arguments.fault();
}

// What a client may set, as a fact keeps it.
v1::Webhook settable(const v1::Webhook& sent, std::string name) {
  v1::Webhook kept = sent;
  platform::clear_output_only(kept);
  kept.clear_etag();
  kept.set_name(std::move(name));
  return kept;
}

bool wants(const v1::Webhook& webhook, v1::Occasion occasion) {
  return webhook.occasions().empty() ||
         std::find(webhook.occasions().begin(), webhook.occasions().end(), occasion) !=
             webhook.occasions().end();
}

bool covers(const v1::Webhook& webhook, const std::string& code) {
  return webhook.municipality().empty() || webhook.municipality() == code;
}

}  // namespace

std::shared_ptr<const KeptWebhook> find_webhook(const Notification& state, std::string_view name) {
  const auto parsed = parse_webhook_name(name);
  return parsed ? state.webhooks.find(parsed->id) : nullptr;
}

std::vector<WebhookTold> webhooks_told(const Notification& state, const v1::NoticeDue& notice,
                                       std::uint64_t position) {
  std::set<std::string> municipalities;
  for (const auto& recipient : notice.recipients()) {
    if (!recipient.municipality().empty()) municipalities.insert(recipient.municipality());
  }
  std::vector<WebhookTold> told;
  state.webhooks.for_each([&](const WebhookId& id, const KeptWebhook& webhook) {
    if (webhook.created_position >= position) return;
    if (!wants(webhook.content, notice.occasion())) return;
    for (const std::string& code : municipalities) {
      if (covers(webhook.content, code)) told.push_back({MunicipalityCode{code}, id});
    }
  });
  return told;
}

bool is_told(const Notification& state, v1::Occasion occasion, const MunicipalityCode& municipality,
             absl::Time due_at) {
  bool told = false;
  state.webhooks.for_each([&](const WebhookId&, const KeptWebhook& webhook) {
    told =
        told || (wants(webhook.content, occasion) && covers(webhook.content, municipality.text) &&
                 platform::instant_of(webhook.content.create_time()) < due_at);
  });
  return told;
}

Decision decide(const Notification& state, const v1::CreateWebhookRequest& command,
                const std::string& secret, const Context& context) {
  const WebhookId id{command.webhook_id().empty() ? context.new_id : command.webhook_id()};
  if (state.webhooks.contains(id)) return refusal(Rejection::kWebhookExists);
  if (state.webhooks.size() >= kWebhooksMax) {
    return refusal(Rejection::kTooManyWebhooks, {{"max", std::to_string(kWebhooksMax)}});
  }
  Arguments arguments;
  arguments.must(command.webhook_id().empty() || platform::is_resource_id(command.webhook_id()),
                 "webhook_id", "1 to 63 of a-z, 0-9 and -");
  if (arguments.fault()) return *arguments.fault();
  if (auto fault = fault_in(command.webhook())) return *std::move(fault);
  Effects effects;
  v1::Event event;
  v1::WebhookCreated& fact = *event.mutable_webhook_created();
  *fact.mutable_webhook() =
      settable(command.webhook(), webhook_name(region_of(command.parent()), id));
  fact.mutable_secret()->set_key(secret_key(id, context));
  effects.private_writes.push_back({fact.secret().key(), secret});
  effects.facts.push_back({stream_of(id), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::UpdateWebhookRequest& command,
                const Context&) {
  const v1::Webhook& sent = command.webhook();
  const auto present = find_webhook(state, sent.name());
  if (present == nullptr) return refusal(Rejection::kWebhookUnknown);
  if (is_stale(sent.etag(), present->content.etag())) return refusal(Rejection::kEtagStale);
  if (auto fault = fault_in(sent)) return *std::move(fault);
  Effects effects;
  v1::Event event;
  *event.mutable_webhook_updated()->mutable_webhook() = settable(sent, sent.name());
  effects.facts.push_back({stream_of(parse_webhook_name(sent.name())->id), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::RotateWebhookSecretRequest& command,
                const std::string& secret, const Context& context) {
  const auto present = find_webhook(state, command.name());
  if (present == nullptr) return refusal(Rejection::kWebhookUnknown);
  const WebhookId id = parse_webhook_name(command.name())->id;
  Effects effects;
  v1::Event event;
  v1::WebhookSecretRotated& fact = *event.mutable_webhook_secret_rotated();
  fact.set_webhook(command.name());
  fact.mutable_secret()->set_key(secret_key(id, context));
  effects.private_writes.push_back({present->secret_key, std::nullopt});
  effects.private_writes.push_back({fact.secret().key(), secret});
  effects.facts.push_back({stream_of(id), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::DeleteWebhookRequest& command,
                const Context&) {
  const auto present = find_webhook(state, command.name());
  if (present == nullptr) return refusal(Rejection::kWebhookUnknown);
  Effects effects;
  v1::Event event;
  event.mutable_webhook_deleted()->set_webhook(command.name());
  effects.private_writes.push_back({present->secret_key, std::nullopt});
  effects.facts.push_back({stream_of(parse_webhook_name(command.name())->id), std::move(event)});
  return effects;
}

void evolve(Notification& state, const v1::WebhookCreated& fact, const Recorded& recorded) {
  const auto name = parse_webhook_name(fact.webhook().name());
  if (!name) return;
  KeptWebhook webhook{fact.webhook(), fact.secret().key(), recorded.at.position};
  *webhook.content.mutable_create_time() = platform::timestamp_of(recorded.at.recorded_at);
  webhook.content.set_etag(etag_of(recorded));
  state.webhooks.set(name->id, std::move(webhook));
}

void evolve(Notification& state, const v1::WebhookUpdated& fact, const Recorded& recorded) {
  const auto name = parse_webhook_name(fact.webhook().name());
  if (!name || !state.webhooks.contains(name->id)) return;
  state.webhooks.update(name->id, [&](KeptWebhook& webhook) {
    const auto created = webhook.content.create_time();
    webhook.content = fact.webhook();
    *webhook.content.mutable_create_time() = created;
    webhook.content.set_etag(etag_of(recorded));
  });
}

void evolve(Notification& state, const v1::WebhookSecretRotated& fact, const Recorded& recorded) {
  const auto name = parse_webhook_name(fact.webhook());
  if (!name || !state.webhooks.contains(name->id)) return;
  state.webhooks.update(name->id, [&](KeptWebhook& webhook) {
    webhook.secret_key = fact.secret().key();
    webhook.content.set_etag(etag_of(recorded));
  });
}

void evolve(Notification& state, const v1::WebhookDeleted& fact, const Recorded&) {
  const auto name = parse_webhook_name(fact.webhook());
  if (name) state.webhooks.erase(name->id);
}

}  // namespace kkr::notification
