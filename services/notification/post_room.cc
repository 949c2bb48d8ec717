#include "services/notification/post_room.h"

#include <stdexcept>
#include <utility>

#include "services/notification/api/secrets.h"
#include "services/notification/domain/preferences.h"
#include "services/notification/domain/settings.h"
#include "services/notification/domain/webhook.h"
#include "services/notification/letters/region_letters.h"
#include "services/notification/sending/notice_dispatch.h"
#include "services/notification/sending/office_desk.h"
#include "services/notification/webhooks/webhook_sends.h"

namespace kkr::notification {
namespace {

constexpr std::size_t kDispatchingThreads = 2;
constexpr int kNiceness = 10;               // Whoever waits for an answer goes first.
constexpr std::size_t kSendingThreads = 4;  // Of all regions: messages on their way at once.

std::unique_ptr<platform::DkimSigner> signer_of(const platform::MailConfig& config) {
  auto made = platform::make_dkim_signer(config);
  if (const auto* fault = std::get_if<platform::MailFault>(&made))
    throw std::runtime_error("Mails cannot be signed: " + fault->reason);
  return std::get<std::unique_ptr<platform::DkimSigner>>(std::move(made));
}

Dispatch interpret(Log& log, const platform::RecordedEvent& recorded) {
  v1::Event event;
  if (!event.ParseFromString(recorded.payload)) return {};
  Dispatch made = dispatch_of(event);
  if (event.has_notice_due()) {
    for (PlannedSend& post :
         webhook_sends(log.state()->state, event.notice_due(), recorded.position, made.sends)) {
      made.sends.push_back(std::move(post));
    }
  }
  return made;
}

std::optional<std::string> url_in(Log& log, const std::string& webhook) {
  const auto at = log.state();
  const auto kept = find_webhook(at->state, webhook);
  return kept == nullptr ? std::nullopt : std::optional(kept->content.url());
}

std::optional<std::string> secret_in(Log& log, const std::string& webhook) {
  const auto at = log.state();
  const auto kept = find_webhook(at->state, webhook);
  std::string secret;
  if (kept == nullptr || !read_secret(log, kept->secret_key, secret).ok() || secret.empty())
    return std::nullopt;
  return secret;
}

SenderOptions sender_options(const Config& config) {
  SenderOptions options;
  options.back_off.first = absl::Seconds(config.mail.smtp_retry_seconds);
  return options;
}

Wishes wishes_in(Log& log) {
  return {.of_person = [&log](const std::string& person) -> v1::Preferences {
            const auto id = parse_person_name(person);
            if (!id) return {};
            return shown_preferences(log.state()->state, "", *id);
          },
          .of_region = [&log] { return shown(log.state()->state.settings, log.region()); },
          .is_mandatory = is_mandatory,
          .told_by_webhook =
              [&log](v1::Occasion occasion, const std::string& code, absl::Time due_at) {
                return is_told(log.state()->state, occasion, MunicipalityCode{code}, due_at);
              }};
}

}  // namespace

PostRoom::PostRoom(platform::Ports& ports, const Config& config, OwnerClient& owners,
                   SendTables& tables)
    : ports_(ports),
      tables_(tables),
      config_(config),
      owners_(owners),
      channel_(platform::make_mail_channel(config.mail, config.maildir)),
      signer_(signer_of(config.mail)),
      mail_(*channel_, config.mail.sender().address),
      dispatching_(kDispatchingThreads, kNiceness),
      sending_(kSendingThreads, kNiceness) {}

void PostRoom::open(Log& log) {
  auto table = tables_.open(log.region());
  if (table == nullptr) return;
  Outbox& outbox = outboxes_.add(
      log.region(),
      std::make_unique<Outbox>(
          std::move(table), desk_for(log),
          Outbox::Ports{.name = "notification/" + log.region(),
                        .log = log.store(),
                        .tail = log.appender().tail(),
                        .clock = ports_.clock(),
                        .dispatching = dispatching_,
                        .sending = sending_,
                        .carrier = carrier_for(log),
                        .interpret =
                            [&log](const platform::RecordedEvent& recorded) {
                              return interpret(log, recorded);
                            },
                        .retention =
                            [&log] {
                              return absl::Hours(24) * log.state()->state.settings.retention_days();
                            }},
          sender_options(config_)),
      ports_.settlement());
  log.while_leading([&outbox] { outbox.start(); }, [&outbox] { outbox.stop(); });
}

std::unique_ptr<LetterDesk> PostRoom::desk_for(Log& log) {
  auto offices = std::make_unique<OfficeDesk>(
      log.region(), owners_, letter_writer_of(log, config_.mail, signer_.get()), wishes_in(log),
      platform::domain_of(config_.mail.sender().address));
  auto webhooks = std::make_unique<WebhookDesk>(
      owners_, [&log](const std::string& webhook) { return url_in(log, webhook); });
  return std::make_unique<RoutedDesk>(std::move(offices), std::move(webhooks));
}

Carrier& PostRoom::carrier_for(Log& log) {
  auto webhooks = std::make_unique<WebhookCarrier>(
      WebhookLimits{.allow_private = config_.webhooks_to_private_addresses},
      [&log](const std::string& webhook) { return secret_in(log, webhook); });
  const std::lock_guard lock(mutex_);
  carriers_.push_back(std::make_unique<RoutedCarrier>(mail_, std::move(webhooks)));
  return *carriers_.back();
}

}  // namespace kkr::notification
