#include "services/notification/webhooks/webhook_carrier.h"

#include <utility>

#include "absl/time/clock.h"

namespace kkr::notification {
namespace {

using Kind = platform::MailOutcome::Kind;

Kind kind_of(WebhookOutcome::Kind kind) {
  switch (kind) {
    case WebhookOutcome::Kind::kDelivered: return Kind::kDelivered;
    case WebhookOutcome::Kind::kTryAgain: return Kind::kTryAgain;
    case WebhookOutcome::Kind::kRefused: return Kind::kRefused;
  }
  return Kind::kTryAgain;
}

}  // namespace

platform::MailOutcome WebhookCarrier::hand_over(const std::string& message_id,
                                                const Letter& letter) {
  const std::string host = domain_of(letter);
  if (is_resting(host)) return {Kind::kTryAgain, 0, "The receiver did not answer just now."};
  const auto secret = secret_of_(letter.name);
  if (!secret) return {Kind::kTryAgain, 0, "The secret cannot be read."};
  WebhookOutcome outcome = client_.send({.url = letter.address,
                                         .id = message_id,
                                         .secret = *secret,
                                         .body = letter.message,
                                         .sent_at = absl::Now()});
  const bool silent = outcome.kind == WebhookOutcome::Kind::kTryAgain && outcome.status == 0;
  if (silent) let_rest(host);
  return {kind_of(outcome.kind), outcome.status, std::move(outcome.text)};
}

std::string WebhookCarrier::domain_of(const Letter& letter) { return host_of(letter.address); }

bool WebhookCarrier::is_resting(const std::string& host) {
  const std::lock_guard lock(mutex_);
  const auto found = resting_until_.find(host);
  if (found == resting_until_.end()) return false;
  if (Steady::now() < found->second) return true;
  resting_until_.erase(found);
  return false;
}

void WebhookCarrier::let_rest(const std::string& host) {
  const std::lock_guard lock(mutex_);
  resting_until_[host] = Steady::now() + rest_;
}

}  // namespace kkr::notification
