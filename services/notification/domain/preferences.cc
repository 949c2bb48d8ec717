#include "services/notification/domain/preferences.h"

#include <set>
#include <utility>

#include "services/notification/domain/arguments.h"
#include "services/notification/domain/settings.h"
#include "services/notification/domain/state.h"
#include "services/platform/field/field_behavior.h"

namespace kkr::notification {
namespace {

std::string stream_of(const PersonId& person) { return "person-" + person.text; }

std::optional<Refusal> fault_in(const v1::Preferences& preferences) {
  Arguments arguments;
  arguments.must(v1::Channel_IsValid(preferences.channel()), "preferences.channel", "a channel");
  arguments.must(v1::Language_IsValid(preferences.language()), "preferences.language",
                 "a language");
  arguments.must(v1::Preferences::Digest_IsValid(preferences.digest()), "preferences.digest",
                 "a digest");
  std::set<int> seen;
  for (const int occasion : preferences.turned_off()) {
    arguments.must(occasion != v1::OCCASION_UNSPECIFIED && v1::Occasion_IsValid(occasion),
                   "preferences.turned_off", "an occasion");
    arguments.must(seen.insert(occasion).second, "preferences.turned_off", "each once");
  }
  if (arguments.fault()) return arguments.fault();
  for (const int occasion : seen) {
    const auto known = static_cast<v1::Occasion>(occasion);
    if (is_mandatory(known)) {
      return refusal(Rejection::kOccasionMandatory, {{"occasion", v1::Occasion_Name(known)}});
    }
  }
  return std::nullopt;
}

}  // namespace

v1::Preferences shown_preferences(const Notification& state, const std::string& name,
                                  const PersonId& person) {
  v1::Preferences reply;
  if (const auto kept = state.preferences.find(person)) {
    reply = kept->content;
    reply.set_etag(kept->etag);
  }
  reply.set_name(name);
  return reply;
}

Decision decide(const Notification& state, const v1::UpdatePreferencesRequest& command,
                const Context&) {
  const v1::Preferences& sent = command.preferences();
  const auto name = parse_preferences_name(sent.name());
  Arguments arguments;
  arguments.must(name.has_value(), "preferences.name", "regions/{region}/preferences/{person}");
  if (arguments.fault()) return *arguments.fault();
  const auto present = state.preferences.find(name->id);
  if (is_stale(sent.etag(), present == nullptr ? "" : present->etag)) {
    return refusal(Rejection::kEtagStale);
  }
  if (state.forgotten.contains(name->id)) return refusal(Rejection::kPersonErased);
  if (auto fault = fault_in(sent)) return *std::move(fault);
  v1::Event event;
  v1::Preferences& kept = *event.mutable_preferences_updated()->mutable_preferences();
  kept = sent;
  platform::clear_output_only(kept);
  kept.clear_etag();
  Effects effects;
  effects.facts.push_back({stream_of(name->id), std::move(event)});
  return effects;
}

Effects forget(const Notification& state, const PersonId& person) {
  Effects effects;
  if (state.forgotten.contains(person)) return effects;
  v1::Event event;
  event.mutable_person_forgotten()->set_person("persons/" + person.text);
  effects.facts.push_back({stream_of(person), std::move(event)});
  return effects;
}

void evolve(Notification& state, const v1::PreferencesUpdated& fact, const Recorded& recorded) {
  const auto name = parse_preferences_name(fact.preferences().name());
  if (!name) return;
  state.preferences.set(name->id, PersonPreferences{fact.preferences(), etag_of(recorded)});
}

void evolve(Notification& state, const v1::PersonForgotten& fact, const Recorded&) {
  const auto person = parse_person_name(fact.person());
  if (!person) return;
  state.preferences.erase(*person);
  state.forgotten.set(*person, Forgotten{});
}

}  // namespace kkr::notification
