// What the notification service can be told: how mail leaves the site, and where webhooks may go.
#pragma once

#include <string>

#include "services/platform/mail/mail_config.h"
#include "services/platform/process/settings.h"

namespace kkr::notification {

struct Config {
  platform::MailConfig mail;
  bool webhooks_to_private_addresses = false;
  std::string maildir;  // Where mails go without a server; the program says.

  void declare(platform::Settings& settings);
  // Appends what is wrong.
  void check(platform::Problems& problems) const;
};

}  // namespace kkr::notification
