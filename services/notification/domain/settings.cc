#include "services/notification/domain/settings.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "services/notification/domain/arguments.h"
#include "services/notification/domain/occasions.h"
#include "services/notification/domain/state.h"
#include "services/platform/field/field_behavior.h"

namespace kkr::notification {
namespace {

constexpr int kSendHour = 9;
constexpr int kReminderDays[] = {14, 7, 2};
constexpr int kLateDays = 14;
constexpr int kRetentionDays = 365;
constexpr int kContactOfficesMax = 10;

std::optional<Refusal> fault_in(const v1::NotificationSettings& settings) {
  Arguments arguments;
  arguments.between("settings.send_hour", settings.send_hour(), 0, 23);
  arguments.reminder_days("settings.reminder_days", settings.reminder_days());
  std::set<int> seen;
  for (const v1::ContactOffices& contact : settings.contact_offices()) {
    arguments.must(
        contact.occasion() != v1::OCCASION_UNSPECIFIED && v1::Occasion_IsValid(contact.occasion()),
        "settings.contact_offices.occasion", "an occasion");
    arguments.must(seen.insert(contact.occasion()).second, "settings.contact_offices.occasion",
                   "each once");
    arguments.between("settings.contact_offices.offices", contact.offices_size(), 0,
                      kContactOfficesMax);
    for (const std::string& office : contact.offices()) {
      arguments.office("settings.contact_offices.offices", office);
    }
  }
  arguments.must(v1::Language_IsValid(settings.language()), "settings.language", "a language");
  if (settings.has_late_days()) {
    arguments.between("settings.late_days", settings.late_days(), 1, 365);
  }
  if (settings.has_retention_days()) {
    arguments.between("settings.retention_days", settings.retention_days(), 1, 3650);
  }
  if (arguments.fault()) return arguments.fault();
  for (const v1::ContactOffices& contact : settings.contact_offices()) {
    if (contact.offices().empty() && is_mandatory(contact.occasion())) {
      return refusal(Rejection::kOccasionMandatory,
                     {{"occasion", v1::Occasion_Name(contact.occasion())}});
    }
  }
  return std::nullopt;
}

}  // namespace

int Settings::send_hour() const {
  return content_.has_send_hour() ? content_.send_hour() : kSendHour;
}

std::vector<int> Settings::reminder_days() const {
  std::vector<int> days(content_.reminder_days().begin(), content_.reminder_days().end());
  if (days.empty()) days.assign(std::begin(kReminderDays), std::end(kReminderDays));
  std::sort(days.begin(), days.end(), std::greater<>());
  return days;
}

std::vector<std::string> Settings::offices_for(v1::Occasion occasion) const {
  for (const v1::ContactOffices& contact : content_.contact_offices()) {
    if (contact.occasion() == occasion) return {contact.offices().begin(), contact.offices().end()};
  }
  return {is_about_money(occasion) ? "oekonomi" : "sundhedsdirektoer"};
}

v1::Language Settings::language() const {
  return content_.language() == v1::LANGUAGE_UNSPECIFIED ? v1::LANGUAGE_DANISH
                                                         : content_.language();
}

int Settings::late_days() const {
  return content_.has_late_days() ? content_.late_days() : kLateDays;
}

int Settings::retention_days() const {
  return content_.has_retention_days() ? content_.retention_days() : kRetentionDays;
}

v1::NotificationSettings shown(const Settings& settings, std::string_view region) {
  v1::NotificationSettings reply;
  reply.set_name(settings_name(region));
  reply.set_send_hour(settings.send_hour());
  for (const int days : settings.reminder_days()) reply.add_reminder_days(days);
  for (int i = v1::Occasion_MIN + 1; i <= v1::Occasion_MAX; ++i) {
    v1::ContactOffices& contact = *reply.add_contact_offices();
    contact.set_occasion(static_cast<v1::Occasion>(i));
    for (auto& office : settings.offices_for(contact.occasion())) {
      contact.add_offices(std::move(office));
    }
  }
  reply.set_language(settings.language());
  reply.set_late_days(settings.late_days());
  reply.set_retention_days(settings.retention_days());
  reply.set_etag(settings.etag());
  return reply;
}

bool is_mandatory(v1::Occasion occasion) {
  return occasion == v1::OCCASION_INVITATION || occasion == v1::OCCASION_REMINDER ||
         occasion == v1::OCCASION_ROUND_CANCELLED || is_about_money(occasion);
}

Decision decide(const Notification& state, const v1::UpdateSettingsRequest& command,
                const Context&) {
  const v1::NotificationSettings& sent = command.settings();
  if (is_stale(sent.etag(), state.settings.etag())) return refusal(Rejection::kEtagStale);
  Arguments arguments;
  arguments.must(parse_settings_name(sent.name()).has_value(), "settings.name",
                 "regions/{region}/notificationSettings");
  if (arguments.fault()) return *arguments.fault();
  if (auto fault = fault_in(sent)) return *std::move(fault);
  v1::Event event;
  v1::NotificationSettings& kept = *event.mutable_settings_updated()->mutable_settings();
  kept = sent;
  platform::clear_output_only(kept);
  kept.clear_etag();
  Effects effects;
  effects.facts.push_back({"settings", std::move(event)});
  return effects;
}

void evolve(Notification& state, const v1::SettingsUpdated& fact, const Recorded& recorded) {
  state.settings = Settings(fact.settings(), etag_of(recorded), recorded.at.recorded_at);
  state.plan_anew();
}

}  // namespace kkr::notification
