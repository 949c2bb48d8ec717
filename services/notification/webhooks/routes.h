// Two ways to send side by side: to offices, and to case systems. Each send and each letter goes
// the way that its recipient or channel names.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "services/notification/webhooks/webhook_carrier.h"
#include "services/notification/webhooks/webhook_desk.h"

namespace kkr::notification {

class RoutedDesk final : public LetterDesk {
 public:
  RoutedDesk(std::unique_ptr<LetterDesk> offices, std::unique_ptr<LetterDesk> webhooks)
      : offices_(std::move(offices)), webhooks_(std::move(webhooks)) {}

  std::variant<Ready, NotSent> prepare(const Send& send, absl::Time site_now) override {
    const bool to_webhook = is_webhook_recipient(send.planned.key.recipient);
    return (to_webhook ? webhooks_ : offices_)->prepare(send, site_now);
  }

 private:
  const std::unique_ptr<LetterDesk> offices_;
  const std::unique_ptr<LetterDesk> webhooks_;
};

// The way of the mails must outlive the carrier.
class RoutedCarrier final : public Carrier {
 public:
  RoutedCarrier(Carrier& mail, std::unique_ptr<Carrier> webhooks)
      : mail_(mail), webhooks_(std::move(webhooks)) {}

  platform::MailOutcome hand_over(const std::string& message_id, const Letter& letter) override {
    return way_of(letter).hand_over(message_id, letter);
  }
  std::string domain_of(const Letter& letter) override { return way_of(letter).domain_of(letter); }
  bool forget(const std::string& message_id) override {
    const bool gone = mail_.forget(message_id);
    return webhooks_->forget(message_id) && gone;
  }

 private:
  Carrier& way_of(const Letter& letter) {
    return letter.channel == kWebhookChannel ? *webhooks_ : mail_;
  }

  Carrier& mail_;
  const std::unique_ptr<Carrier> webhooks_;
};

}  // namespace kkr::notification
