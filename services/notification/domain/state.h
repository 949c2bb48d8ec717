// Everything the rules of this service look at: how one region sends its notices, and what they
// are about. A copy costs constant time; readers keep the one they hold while the next is made.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "services/notification/domain/decision.h"
#include "services/notification/domain/feed.h"
#include "services/notification/domain/followed_round.h"
#include "services/notification/domain/ids.h"
#include "services/notification/domain/notices.h"
#include "services/notification/domain/preferences.h"
#include "services/notification/domain/settings.h"
#include "services/notification/domain/templates.h"
#include "services/notification/domain/webhook.h"
#include "services/platform/state/persistent_map.h"

namespace kkr::notification {

struct Notification {
  Settings settings;
  platform::PersistentMap<PersonId, PersonPreferences> preferences;
  platform::PersistentMap<PersonId, Forgotten> forgotten;
  platform::PersistentMap<FeedId, KeptFeed> feeds;
  platform::PersistentMap<std::string, FeedId> feeds_by_digest;  // Those not revoked; derived.
  platform::PersistentMap<WebhookId, KeptWebhook> webhooks;
  platform::PersistentMap<RoundId, FollowedRound> rounds;
  platform::PersistentMap<std::string, FollowedInvoice> invoices;  // By name.
  platform::PersistentMap<std::string, KeptTemplate> templates;  // By id; those that were changed.

  // Changes a round and derives anew when its next reminder is due.
  void change_round(const RoundId& id, const std::function<void(FollowedRound&)>& apply);
  // Derives that of every round, after a change of the settings.
  void plan_anew();
};

// Takes a recorded event in. Total: a stored event already happened, so this has no opinion and
// cannot fail.
void evolve(Notification& state, const Recorded& recorded);

// Whether `seen`, an etag a client sent, differs from the present one; empty means the client does
// not care.
bool is_stale(const std::string& seen, const std::string& present);
// The etag of what the event made: its place in the log, so that a restored log gives others.
std::string etag_of(const Recorded& recorded);

// For snapshots. `load_state` returns false when the text is none of its own; the state is then
// unspecified.
std::string save_state(const Notification& state);
bool load_state(std::string_view saved, Notification& state);

// What the platform needs to know of this service.
struct Domain {
  using State = Notification;
  using Event = v1::Event;
  using Rejection = kkr::notification::Rejection;
  static constexpr int kStateVersion = 1;  // Raise it when the saved shape changes.
  static void evolve(State& state, const Recorded& recorded) {
    kkr::notification::evolve(state, recorded);
  }
  static std::string save_state(const State& state) { return kkr::notification::save_state(state); }
  static bool load_state(std::string_view saved, State& state) {
    return kkr::notification::load_state(saved, state);
  }
};

}  // namespace kkr::notification
