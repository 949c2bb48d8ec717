#include "services/notification/module.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/notification/api/feed_api.h"
#include "services/notification/api/preference_api.h"
#include "services/notification/api/reminder_api.h"
#include "services/notification/api/send_api.h"
#include "services/notification/api/settings_api.h"
#include "services/notification/api/template_api.h"
#include "services/notification/api/webhook_api.h"
#include "services/notification/app/consultation_follower.h"
#include "services/notification/app/financing_follower.h"
#include "services/notification/app/registry_follower.h"
#include "services/notification/letters/region_letters.h"
#include "services/notification/post_room.h"
#include "services/registry/client/region_lookup.h"

namespace kkr::notification {
namespace {

constexpr char kService[] = "notification";

// What each region's log does by itself.
void set_to_work(Log& log, platform::Ports& ports, PostRoom& post_room) {
  post_room.open(log);  // First: sends that are lost are told from a log that begins.
  log.follow(kRegistryLog, ports.logs(), follow_registry());
  log.follow(consultation_log(log.region()), ports.logs(), follow_consultation(log.region()));
  log.follow(financing_log(log.region()), ports.logs(), follow_financing());
  log.run_due_work({.next_due = next_due, .record_due = record_due});
}

// Has a log opened for every region that has one here, or one to be followed.
std::vector<std::unique_ptr<platform::RegionWatch>> open_known(platform::Ports& ports, Logs& logs) {
  std::vector<std::unique_ptr<platform::RegionWatch>> watches;
  for (const char* service : {kService, "consultation", "financing"}) {
    watches.push_back(ports.when_known(
        service, [&logs](const std::string& region) { logs.open_existing(region); }));
  }
  return watches;
}

}  // namespace

platform::Module make_module(platform::Ports& ports, const Owners& owners, const Config& config,
                             std::unique_ptr<SendTables> tables) {
  platform::Module module{kService};
  auto& regions = module.make<registry::RegionLookup>(owners.registry);
  auto& asked = module.make<OwnerClient>(owners.registry, owners.consultation, owners.financing);
  auto& post_room = module.make<PostRoom>(ports, config, asked, module.own(std::move(tables)));
  auto& logs = module.make<Logs>(
      ports.region_ports(kService),
      Logs::Options{
          .knows_region = [&regions](std::string_view id) { return regions.knows_region(id); },
          .opened = [&ports, &post_room](Log& log) { set_to_work(log, ports, post_room); }});
  module.own(ports.settlement().watch(logs, next_due));

  module.serve_grpc(module.make<SettingsApi>(logs));
  module.serve_grpc(module.make<PreferenceApi>(logs));
  module.serve_grpc(module.make<ReminderApi>(logs, ports.clock()));
  auto& previewer = module.make<TemplatePreviewer>(asked, config.mail.public_url);
  module.serve_grpc(module.make<TemplateApi>(logs, previewer, ports.clock()));
  module.serve_grpc(module.make<FeedApi>(logs, ports.clock(), calendar_origin(config.mail)));
  module.serve_grpc(module.make<WebhookApi>(logs, config.webhooks_to_private_addresses));
  module.serve_grpc(module.make<SendApi>(logs, post_room.outboxes(), ports.clock()));
  auto& known =
      module.make<std::vector<std::unique_ptr<platform::RegionWatch>>>(open_known(ports, logs));
  module.run_in_background(
      "logs", [] {},
      [&logs, &known, &post_room] {
        known.clear();
        post_room.stop();
        logs.stop();
      });
  return module;
}

}  // namespace kkr::notification
