// The ids of this service and the resource names they are part of. Parsing refuses whatever is not
// exactly such a name; what an id stands for may still be unknown.
#pragma once

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "services/platform/field/resource_name.h"
#include "services/platform/time/local_date.h"

namespace kkr::notification {

using platform::LocalDate;
using platform::region_of;

struct RoundId {
  std::string text;
  auto operator<=>(const RoundId&) const = default;
};

// Such as `165`.
struct MunicipalityCode {
  std::string text;
  auto operator<=>(const MunicipalityCode&) const = default;
};

// As in `persons/{id}`.
struct PersonId {
  std::string text;
  auto operator<=>(const PersonId&) const = default;
};

struct FeedId {
  std::string text;
  auto operator<=>(const FeedId&) const = default;
};

struct WebhookId {
  std::string text;
  auto operator<=>(const WebhookId&) const = default;
};

// A reminder of everybody who has the same deadline: so many days before it.
struct ReminderId {
  LocalDate deadline;
  int days = 0;
  bool operator==(const ReminderId&) const = default;
  // By deadline, then in the order in which they go out.
  bool operator<(const ReminderId& other) const {
    return deadline != other.deadline ? deadline < other.deadline : days > other.days;
  }
};

// An office of a municipality.
struct Recipient {
  MunicipalityCode municipality;
  std::string office;
  auto operator<=>(const Recipient&) const = default;
};

// A resource name taken apart: the region and what it names there.
template <class Id>
struct Named {
  std::string region;
  Id id;
};

// One of the invited, or its answer or extension: `regions/*/rounds/*/{collection}/{code}`.
struct AskedId {
  RoundId round;
  MunicipalityCode municipality;
};

struct RoundReminderId {
  RoundId round;
  ReminderId reminder;
};

// nullopt for anything but a name of the kind.
std::optional<Named<RoundId>> parse_round_name(std::string_view name);
std::optional<Named<AskedId>> parse_answer_name(std::string_view name);
std::optional<Named<AskedId>> parse_extension_name(std::string_view name);
std::optional<Named<RoundId>> parse_plan_name(std::string_view name);
std::optional<Named<RoundReminderId>> parse_reminder_name(std::string_view name);
std::optional<Named<PersonId>> parse_preferences_name(std::string_view name);
std::optional<PersonId> parse_person_name(std::string_view name);
std::optional<Named<FeedId>> parse_feed_name(std::string_view name);
std::optional<Named<WebhookId>> parse_webhook_name(std::string_view name);
// `regions/{region}/notificationSettings`; the region.
std::optional<std::string> parse_settings_name(std::string_view name);

std::string settings_name(std::string_view region);
std::string plan_name(std::string_view round);
std::string reminder_name(std::string_view round, const ReminderId& reminder);
std::string feed_name(std::string_view region, const FeedId& feed);
std::string webhook_name(std::string_view region, const WebhookId& webhook);

// `{deadline date}-{days}`, such as `2013-03-19-14`: the step of its notices.
std::string step_of(const ReminderId& reminder);
std::optional<ReminderId> parse_step(std::string_view step);

// The stream that facts about the round stand in.
std::string stream_of(const RoundId& round);

// Three digits.
bool is_municipality_code(std::string_view text);

}  // namespace kkr::notification

template <>
struct std::hash<kkr::notification::RoundId> {
  std::size_t operator()(const kkr::notification::RoundId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::notification::MunicipalityCode> {
  std::size_t operator()(const kkr::notification::MunicipalityCode& code) const noexcept {
    return std::hash<std::string>{}(code.text);
  }
};
template <>
struct std::hash<kkr::notification::PersonId> {
  std::size_t operator()(const kkr::notification::PersonId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::notification::FeedId> {
  std::size_t operator()(const kkr::notification::FeedId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::notification::WebhookId> {
  std::size_t operator()(const kkr::notification::WebhookId& id) const noexcept {
    return std::hash<std::string>{}(id.text);
  }
};
template <>
struct std::hash<kkr::notification::ReminderId> {
  std::size_t operator()(const kkr::notification::ReminderId& id) const noexcept {
    return static_cast<std::size_t>(id.deadline - kkr::platform::LocalDate()) * 128 +
           static_cast<std::size_t>(id.days);
  }
};
