// What persons wish of their notices, by their ids, and who is to be forgotten. Pure.
#pragma once

#include <memory>
#include <string>

#include "kkr/notification/v1/preferences.pb.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"

namespace kkr::notification {

struct Notification;

struct PersonPreferences {
  v1::Preferences content;  // As they were set, with their name.
  std::string etag;
};

// A person the registry has erased.
struct Forgotten {};

// As they were set, or with everything left open; with the etag.
v1::Preferences shown_preferences(const Notification& state, const std::string& name,
                                  const PersonId& person);

Decision decide(const Notification& state, const v1::UpdatePreferencesRequest& command,
                const Context& context);
// The registry erased the person: recorded once.
Effects forget(const Notification& state, const PersonId& person);

void evolve(Notification& state, const v1::PreferencesUpdated& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::PersonForgotten& fact, const Recorded& recorded);

}  // namespace kkr::notification
