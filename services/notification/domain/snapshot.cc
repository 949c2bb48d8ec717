// Saves and loads the whole state. What can be derived is derived again.
#include <memory>
#include <set>
#include <utility>

#include "kkr/notification/v1/snapshot.pb.h"
#include "services/notification/domain/state.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

using platform::format_date;
using platform::instant_of;
using platform::parse_date;
using platform::timestamp_of;

// Absent for the beginning of time.
absl::Time loaded_time(bool present, const google::protobuf::Timestamp& saved) {
  return present ? instant_of(saved) : absl::InfinitePast();
}

void save(const MunicipalityCode& code, const AskedMunicipality& asked,
          v1::AskedMunicipalitySnapshot& saved) {
  saved.set_code(code.text);
  saved.set_deadline_date(format_date(asked.deadline));
  saved.set_moves(asked.moves);
  saved.set_deadline_version(asked.deadline_version);
  if (asked.deadline_since != absl::InfinitePast()) {
    *saved.mutable_deadline_since() = timestamp_of(asked.deadline_since);
  }
  saved.set_answered(asked.answered);
  if (asked.answered_since != absl::InfinitePast()) {
    *saved.mutable_answered_since() = timestamp_of(asked.answered_since);
  }
}

AskedMunicipality loaded(const v1::AskedMunicipalitySnapshot& saved) {
  AskedMunicipality asked;
  asked.deadline = parse_date(saved.deadline_date()).value_or(LocalDate());
  asked.moves = saved.moves();
  asked.deadline_version = saved.deadline_version();
  asked.deadline_since = loaded_time(saved.has_deadline_since(), saved.deadline_since());
  asked.answered = saved.answered();
  asked.answered_since = loaded_time(saved.has_answered_since(), saved.answered_since());
  return asked;
}

// What the secretariat did and what is recorded.
void save_reminders(const FollowedRound& round, v1::FollowedRoundSnapshot& saved) {
  if (round.plan != nullptr) {
    *saved.mutable_plan() = round.plan->content;
    saved.mutable_plan()->set_etag(round.plan->etag);
    *saved.mutable_plan_since() = timestamp_of(round.plan->since);
  }
  for (const auto& [reminder, change] : round.changes) {
    v1::ReminderChangeSnapshot& one = *saved.add_changes();
    one.set_reminder(step_of(reminder));
    if (change.date) one.set_date(format_date(*change.date));
    one.set_stopped(change.stopped);
    one.set_reason_key(change.reason_key);
    one.set_reason_erased(change.reason_erased);
    one.set_etag(change.etag);
  }
  round.notices.for_each([&](const std::string& key, const Noticed&) { saved.add_notices(key); });
  round.passed.for_each([&](const ReminderId& reminder, const std::set<Recipient>& recipients) {
    v1::PassedReminderSnapshot& one = *saved.add_passed();
    one.set_reminder(step_of(reminder));
    for (const Recipient& recipient : recipients) {
      v1::NoticeRecipient& each = *one.add_recipients();
      each.set_municipality(recipient.municipality.text);
      each.set_office(recipient.office);
    }
  });
}

bool load_reminders(v1::FollowedRoundSnapshot& saved, FollowedRound& round) {
  if (saved.has_plan()) {
    OwnPlan plan{saved.plan(), saved.plan().etag(), instant_of(saved.plan_since())};
    plan.content.clear_etag();
    round.plan = std::make_shared<const OwnPlan>(std::move(plan));
  }
  for (const v1::ReminderChangeSnapshot& one : saved.changes()) {
    const auto reminder = parse_step(one.reminder());
    if (!reminder) return false;
    round.changes[*reminder] = {parse_date(one.date()), one.stopped(), one.reason_key(),
                                one.reason_erased(), one.etag()};
  }
  for (const std::string& key : saved.notices()) round.notices.set(key, Noticed{});
  for (const v1::PassedReminderSnapshot& one : saved.passed()) {
    const auto reminder = parse_step(one.reminder());
    if (!reminder) return false;
    std::set<Recipient> recipients;
    for (const v1::NoticeRecipient& each : one.recipients()) {
      recipients.insert({MunicipalityCode{each.municipality()}, each.office()});
    }
    round.passed.set(*reminder, std::move(recipients));
  }
  return true;
}

void save(const FollowedRound& round, v1::FollowedRoundSnapshot& saved) {
  saved.set_round(round.name);
  saved.set_title(round.title);
  saved.set_deadline_date(format_date(round.deadline));
  saved.set_phase(round.phase);
  if (round.phase_since != absl::InfinitePast()) {
    *saved.mutable_phase_since() = timestamp_of(round.phase_since);
  }
  saved.set_closings(round.closings);
  saved.set_source_position(round.source_position);
  round.municipalities.for_each([&](const MunicipalityCode& code, const AskedMunicipality& asked) {
    save(code, asked, *saved.add_municipalities());
  });
  save_reminders(round, saved);
}

bool load_rounds(v1::NotificationSnapshot& saved, Notification& state) {
  for (v1::FollowedRoundSnapshot& one : *saved.mutable_rounds()) {
    const auto name = parse_round_name(one.round());
    FollowedRound round;
    if (!name || !load_reminders(one, round)) return false;
    round.name = one.round();
    round.title = one.title();
    round.deadline = parse_date(one.deadline_date()).value_or(LocalDate());
    round.phase = one.phase();
    round.phase_since = loaded_time(one.has_phase_since(), one.phase_since());
    round.closings = one.closings();
    round.source_position = one.source_position();
    for (const v1::AskedMunicipalitySnapshot& asked : one.municipalities()) {
      round.municipalities.set(MunicipalityCode{asked.code()}, loaded(asked));
    }
    state.change_round(name->id, [&](FollowedRound& kept) { kept = std::move(round); });
  }
  return true;
}

void save_settings(const Settings& settings, v1::NotificationSnapshot& saved) {
  if (settings.etag().empty()) return;
  *saved.mutable_settings() = settings.content();
  saved.mutable_settings()->set_etag(settings.etag());
  *saved.mutable_settings_since() = timestamp_of(settings.since());
}

void load_settings(v1::NotificationSnapshot& saved, Notification& state) {
  if (!saved.has_settings()) return;
  const std::string etag = saved.settings().etag();
  saved.mutable_settings()->clear_etag();
  state.settings = Settings(saved.settings(), etag, instant_of(saved.settings_since()));
}

bool load_persons(v1::NotificationSnapshot& saved, Notification& state) {
  for (v1::Preferences& one : *saved.mutable_preferences()) {
    const auto name = parse_preferences_name(one.name());
    if (!name) return false;
    const std::string etag = one.etag();
    one.clear_etag();
    state.preferences.set(name->id, PersonPreferences{one, etag});
  }
  for (const std::string& person : saved.forgotten_persons()) {
    state.forgotten.set(PersonId{person}, Forgotten{});
  }
  for (const v1::FeedSnapshot& one : saved.feeds()) {
    keep_feed(state, {one.feed(), one.secret_digest(), one.secret_key()});
  }
  for (const v1::WebhookSnapshot& one : saved.webhooks()) {
    const auto name = parse_webhook_name(one.webhook().name());
    if (!name) return false;
    state.webhooks.set(name->id,
                       KeptWebhook{one.webhook(), one.secret_key(), one.created_position()});
  }
  return true;
}

void save_templates(const Notification& state, v1::NotificationSnapshot& saved) {
  state.templates.for_each([&](const std::string& id, const KeptTemplate& kept) {
    v1::TemplateSnapshot& one = *saved.add_templates();
    one.set_id(id);
    one.set_etag(kept.etag);
    for (const TemplateVersion& version : kept.versions) {
      v1::TemplateVersionSnapshot& each = *one.add_versions();
      each.set_content_key(version.content_key);
      *each.mutable_created_at() = timestamp_of(version.made_at);
    }
  });
}

void load_templates(const v1::NotificationSnapshot& saved, Notification& state) {
  for (const v1::TemplateSnapshot& one : saved.templates()) {
    KeptTemplate kept;
    kept.etag = one.etag();
    for (const v1::TemplateVersionSnapshot& each : one.versions()) {
      kept.versions.push_back({each.content_key(), instant_of(each.created_at())});
    }
    state.templates.set(one.id(), std::move(kept));
  }
}

}  // namespace

std::string save_state(const Notification& state) {
  v1::NotificationSnapshot saved;
  save_settings(state.settings, saved);
  state.preferences.for_each([&](const PersonId&, const PersonPreferences& preferences) {
    v1::Preferences& one = *saved.add_preferences();
    one = preferences.content;
    one.set_etag(preferences.etag);
  });
  state.forgotten.for_each(
      [&](const PersonId& person, const Forgotten&) { saved.add_forgotten_persons(person.text); });
  state.rounds.for_each(
      [&](const RoundId&, const FollowedRound& round) { save(round, *saved.add_rounds()); });
  state.invoices.for_each([&](const std::string& name, const FollowedInvoice& invoice) {
    v1::FollowedInvoiceSnapshot& one = *saved.add_invoices();
    one.set_invoice(name);
    one.set_municipality(invoice.municipality.text);
    for (const std::string& step : invoice.dunnings) one.add_dunnings(step);
  });
  save_templates(state, saved);
  state.feeds.for_each([&](const FeedId&, const KeptFeed& feed) {
    v1::FeedSnapshot& one = *saved.add_feeds();
    *one.mutable_feed() = feed.content;
    one.set_secret_digest(feed.secret_digest);
    one.set_secret_key(feed.secret_key);
  });
  state.webhooks.for_each([&](const WebhookId&, const KeptWebhook& webhook) {
    v1::WebhookSnapshot& one = *saved.add_webhooks();
    *one.mutable_webhook() = webhook.content;
    one.set_secret_key(webhook.secret_key);
    one.set_created_position(webhook.created_position);
  });
  return saved.SerializeAsString();
}

bool load_state(std::string_view text, Notification& state) {
  v1::NotificationSnapshot saved;
  if (!saved.ParseFromArray(text.data(), static_cast<int>(text.size()))) return false;
  load_settings(saved, state);
  load_templates(saved, state);
  for (const v1::FollowedInvoiceSnapshot& one : saved.invoices()) {
    state.invoices.set(one.invoice(), {MunicipalityCode{one.municipality()},
                                       {one.dunnings().begin(), one.dunnings().end()}});
  }
  return load_persons(saved, state) && load_rounds(saved, state);
}

}  // namespace kkr::notification
