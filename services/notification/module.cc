#include "services/notification/module.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <mutex>
#include <string_view>

#include "services/notification/api/feed_api.h"
#include "services/notification/api/preference_api.h"
#include "services/notification/api/registry_client.h"
#include "services/notification/api/reminder_api.h"
#include "services/notification/api/send_api.h"
#include "services/notification/api/settings_api.h"
#include "services/notification/api/template_api.h"
#include "services/notification/api/webhook_api.h"
#include "services/notification/app/consultation_follower.h"
#include "services/notification/app/financing_follower.h"
#include "services/notification/app/registry_follower.h"
#include "services/notification/post_room.h"

namespace kkr::notification {
namespace {

constexpr char kService[] = "notification";
constexpr const char* kSources[] = {"consultation", "financing"};

// What each region's log does by itself.
void set_to_work(Log& log, platform::EmbeddedPorts& ports, PostRoom& post_room) {
  post_room.open(log);  // First: sends that are lost are told from a log that begins.
  log.follow(kRegistryLog, ports.directory(), follow_registry());
  log.follow(consultation_log(log.region()), ports.directory(), follow_consultation(log.region()));
  log.follow(financing_log(log.region()), ports.directory(), follow_financing());
  log.run_due_work({.next_due = next_due, .record_due = record_due});
}

// Opens the log of every region that has one to be followed, at once and whenever one is opened.
// A stopped service opens none.
class Beside {
 public:
  Beside(Logs& logs, platform::EmbeddedPorts& ports) : logs_(logs) {
    for (const char* source : kSources) logs_.open_existing(ports.regions_of(source));
    ports.when_opened([state = state_](const platform::LogPlace& place) { state->open(place); });
  }
  void stop() { state_->stop(); }

 private:
  // Outlives the service, because the ports do.
  struct State {
    explicit State(Logs& of) : logs(&of) {}
    void open(const platform::LogPlace& place) {
      if (std::find(std::begin(kSources), std::end(kSources), place.service) ==
          std::end(kSources)) {
        return;
      }
      const std::lock_guard lock(mutex);
      if (logs != nullptr) logs->open_existing({place.region});
    }
    void stop() {
      const std::lock_guard lock(mutex);
      logs = nullptr;
    }
    std::mutex mutex;
    Logs* logs;
  };

  Logs& logs_;
  const std::shared_ptr<State> state_ = std::make_shared<State>(logs_);
};

CalendarOrigin origin_of(const platform::MailConfig& mail) {
  const platform::Mailbox sender = mail.sender();
  return {{sender.name, sender.address}, mail.public_url};
}

}  // namespace

platform::Module make_module(platform::EmbeddedPorts& ports, const Owners& owners,
                             const Config& config) {
  platform::Module module{kService};
  auto& client = module.make<RegistryClient>(owners.registry);
  auto& asked = module.make<OwnerClient>(owners.registry, owners.consultation, owners.financing);
  auto& post_room = module.make<PostRoom>(ports, config, asked);
  auto& logs = module.make<Logs>(
      ports.region_ports(kService),
      Logs::Options{
          .knows_region =
              [&client](std::string_view region) { return client.knows_region(region); },
          .opened = [&ports, &post_room](Log& log) { set_to_work(log, ports, post_room); }});
  module.own(ports.settlement().watch(logs, next_due));
  logs.open_existing(ports.regions_of(kService));

  module.serve_grpc(module.make<SettingsApi>(logs));
  module.serve_grpc(module.make<PreferenceApi>(logs));
  module.serve_grpc(module.make<ReminderApi>(logs, ports.clock()));
  auto& previewer = module.make<TemplatePreviewer>(asked, config.mail.public_url);
  module.serve_grpc(module.make<TemplateApi>(logs, previewer, ports.clock()));
  module.serve_grpc(module.make<FeedApi>(logs, ports.clock(), origin_of(config.mail)));
  module.serve_grpc(module.make<WebhookApi>(logs, config.webhooks_to_private_addresses));
  module.serve_grpc(module.make<SendApi>(logs, post_room.outboxes(), ports.clock()));
  auto& beside = module.make<Beside>(logs, ports);
  module.run_in_background(
      "logs", [] {},
      [&logs, &beside, &post_room] {
        beside.stop();
        post_room.stop();
        logs.stop();
      });
  return module;
}

}  // namespace kkr::notification
