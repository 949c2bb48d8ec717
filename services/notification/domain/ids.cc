#include "services/notification/domain/ids.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "services/platform/field/resource_name.h"

namespace kkr::notification {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<Named<AskedId>> parse_asked_name(std::string_view pattern, std::string_view name) {
  const auto ids = platform::match_name(pattern, name);
  if (!ids || !is_municipality_code(ids->at(2))) return std::nullopt;
  return Named<AskedId>{ids->at(0), {RoundId{ids->at(1)}, MunicipalityCode{ids->at(2)}}};
}

// `pattern` holds a region and one id.
template <class Id>
std::optional<Named<Id>> parse_in_region(std::string_view pattern, std::string_view name) {
  const auto ids = platform::match_name(pattern, name);
  if (!ids) return std::nullopt;
  return Named<Id>{ids->at(0), Id{ids->at(1)}};
}

}  // namespace

std::optional<Named<RoundId>> parse_round_name(std::string_view name) {
  return parse_in_region<RoundId>("regions/{region}/rounds/{round}", name);
}

std::optional<Named<AskedId>> parse_answer_name(std::string_view name) {
  return parse_asked_name("regions/{region}/rounds/{round}/answers/{municipality}", name);
}

std::optional<Named<AskedId>> parse_extension_name(std::string_view name) {
  return parse_asked_name("regions/{region}/rounds/{round}/extensions/{municipality}", name);
}

std::optional<Named<RoundId>> parse_plan_name(std::string_view name) {
  return parse_in_region<RoundId>("regions/{region}/rounds/{round}/reminderPlan", name);
}

std::optional<Named<RoundReminderId>> parse_reminder_name(std::string_view name) {
  const auto ids = platform::match_name("regions/{region}/rounds/{round}/reminders/{step}", name);
  if (!ids) return std::nullopt;
  const auto reminder = parse_step(ids->at(2));
  if (!reminder) return std::nullopt;
  return Named<RoundReminderId>{ids->at(0), {RoundId{ids->at(1)}, *reminder}};
}

std::optional<Named<PersonId>> parse_preferences_name(std::string_view name) {
  return parse_in_region<PersonId>("regions/{region}/preferences/{person}", name);
}

std::optional<PersonId> parse_person_name(std::string_view name) {
  const auto ids = platform::match_name("persons/{person}", name);
  if (!ids) return std::nullopt;
  return PersonId{ids->at(0)};
}

std::optional<Named<FeedId>> parse_feed_name(std::string_view name) {
  return parse_in_region<FeedId>("regions/{region}/feeds/{feed}", name);
}

std::optional<Named<WebhookId>> parse_webhook_name(std::string_view name) {
  return parse_in_region<WebhookId>("regions/{region}/webhooks/{webhook}", name);
}

std::optional<std::string> parse_settings_name(std::string_view name) {
  auto ids = platform::match_name("regions/{region}/notificationSettings", name);
  if (!ids) return std::nullopt;
  return std::move(ids->at(0));
}

std::string settings_name(std::string_view region) {
  return "regions/" + std::string(region) + "/notificationSettings";
}

std::string plan_name(std::string_view round) { return std::string(round) + "/reminderPlan"; }

std::string reminder_name(std::string_view round, const ReminderId& reminder) {
  return std::string(round) + "/reminders/" + step_of(reminder);
}

std::string feed_name(std::string_view region, const FeedId& feed) {
  return "regions/" + std::string(region) + "/feeds/" + feed.text;
}

std::string webhook_name(std::string_view region, const WebhookId& webhook) {
  return "regions/" + std::string(region) + "/webhooks/" + webhook.text;
}

std::string step_of(const ReminderId& reminder) {
  return platform::format_date(reminder.deadline) + "-" + std::to_string(reminder.days);
}

std::optional<ReminderId> parse_step(std::string_view step) {
  constexpr std::size_t kDateLength = 10;
  constexpr std::size_t kDigitsMax = 2;
  if (step.size() < kDateLength + 2 || step[kDateLength] != '-') return std::nullopt;
  const auto deadline = platform::parse_date(step.substr(0, kDateLength));
  const std::string_view days = step.substr(kDateLength + 1);
  if (!deadline || days.size() > kDigitsMax || days.front() == '0') return std::nullopt;
  if (!std::all_of(days.begin(), days.end(), is_digit)) return std::nullopt;
  ReminderId reminder{*deadline, 0};
  std::from_chars(days.data(), days.data() + days.size(), reminder.days);
  return reminder;
}

std::string stream_of(const RoundId& round) { return "round-" + round.text; }

bool is_municipality_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace kkr::notification
