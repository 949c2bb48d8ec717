#include "services/notification/program.h"

#include <memory>

#include "services/notification/module.h"
#include "services/notification/sending/import_sends.h"
#include "services/notification/sending/postgres_send_table.h"

namespace kkr::notification {

platform::ServiceProgram program_with(Config& config) {
  return {.service = "notification",
          .asks = {"registry", "consultation", "financing"},
          .make_module =
              [&config](const platform::ServiceSite& site) {
                return make_module(site.ports,
                                   {site.channels.to("registry"), site.channels.to("consultation"),
                                    site.channels.to("financing")},
                                   config, std::make_unique<PostgresSendTables>(site.own.pool()));
              },
          .declare =
              [&config](platform::Settings& settings) {
                config.declare(settings);
                settings.add("maildir", config.maildir, "Where mails go without a server");
              },
          .check =
              [&config](platform::Problems& problems) {
                config.check(problems);
                if (config.mail.smtp_url.empty() && config.maildir.empty()) {
                  problems.push_back(
                      "There is no way for mails (--smtp-url), nor a folder for them (--maildir).");
                }
              },
          .migrations = {sends_migrations()},
          .import_companion = import_sends()};
}

}  // namespace kkr::notification
