#include "services/notification/config.h"

namespace kkr::notification {

void Config::declare(platform::Settings& settings) {
  mail.declare(settings);
  settings.add_switch("webhooks-to-private-addresses", webhooks_to_private_addresses,
                      "Webhooks may go to addresses in this network, and unencrypted");
}

void Config::check(platform::Problems& problems) const { mail.check(problems); }

}  // namespace kkr::notification
