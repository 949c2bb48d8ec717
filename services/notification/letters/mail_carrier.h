// Letters leave as mails, over the site's channel.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "services/notification/sending/carrier.h"
#include "services/platform/mail/mail_address.h"
#include "services/platform/mail/mail_channel.h"

namespace kkr::notification {

class MailCarrier final : public Carrier {
 public:
  // `sender` is the address that bounces go to. The channel must outlive the carrier.
  MailCarrier(platform::MailChannel& channel, std::string sender)
      : channel_(channel), sender_(std::move(sender)) {}

  platform::MailOutcome hand_over(const std::string& message_id, const Letter& letter) override {
    return channel_.send({sender_, letter.address, message_id}, letter.message);
  }
  // A maildir is nobody's server: it takes letters as fast as they come.
  std::string domain_of(const Letter& letter) override {
    return channel_.name() == "maildir" ? "" : platform::domain_of(letter.address);
  }
  bool forget(const std::string& message_id) override { return channel_.forget(message_id); }

 private:
  platform::MailChannel& channel_;
  const std::string sender_;
};

}  // namespace kkr::notification
