#include "services/notification/webhooks/webhook_desk.h"

#include <utility>

#include "services/notification/domain/ids.h"
#include "services/notification/sending/holds.h"
#include "services/notification/webhooks/webhook_body.h"
#include "services/platform/time/local_date.h"

namespace kkr::notification {
namespace {

constexpr std::string_view kCollection = "/webhooks/";

std::string webhook_of(const Send& send, const v1::NoticeDue& notice) {
  const std::string& recipient = send.planned.key.recipient;
  const std::string id = recipient.substr(recipient.find(kCollection) + kCollection.size());
  return webhook_name(region_of(notice.subject()), WebhookId{id});
}

NotSent not_sent(SendState state, const char* why) { return {state, why, "", "", std::nullopt}; }

}  // namespace

std::string webhook_recipient(const std::string& municipality, const std::string& webhook) {
  return "municipalities/" + municipality + std::string(kCollection) + webhook;
}

bool is_webhook_recipient(const std::string& recipient) {
  return recipient.find(kCollection) != recipient.npos;
}

std::variant<Ready, NotSent> WebhookDesk::prepare(const Send& send, absl::Time site_now) {
  v1::NoticeDue notice;
  if (!notice.ParseFromString(send.planned.facts))
    return not_sent(SendState::kFailed, reason::kTextMissing);
  const std::string webhook = webhook_of(send, notice);
  const auto url = url_of_(webhook);
  if (!url) return not_sent(SendState::kDropped, reason::kWebhookRemoved);
  const auto asked = owners_.circumstances(notice, send.planned.municipality);
  const auto* circumstances = std::get_if<Circumstances>(&asked);
  if (circumstances == nullptr) return not_sent(SendState::kDeferred, reason::kOwnerUnavailable);
  if (!holds(*circumstances, platform::local_date_of(site_now)))
    return not_sent(SendState::kDropped, reason::kNoLongerHolds);

  Ready ready;
  ready.message_id = send.id;
  ready.letter.channel = kWebhookChannel;
  ready.letter.name = webhook;
  ready.letter.address = *url;
  ready.letter.message = webhook_body(send.id, send.planned.municipality, notice);
  return ready;
}

}  // namespace kkr::notification
