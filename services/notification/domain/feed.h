// Calendar feeds: which link shows whose deadlines, and until when. The secret in a link is made by
// whoever calls; a feed knows its digest only. Pure.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kkr/notification/v1/feeds.pb.h"
#include "services/notification/domain/decision.h"
#include "services/notification/domain/ids.h"

namespace kkr::notification {

struct Notification;

// In one region and not revoked.
inline constexpr std::size_t kFeedsMax = 1'000;

struct KeptFeed {
  v1::Feed content;  // With its name and times, without its link.
  std::string secret_digest;
  std::string secret_key;  // Of the document that holds the secret; empty once it is revoked.
};

struct FeedSecret {
  std::string text;
  std::string digest;  // Its SHA-256.
};

std::shared_ptr<const KeptFeed> find_feed(const Notification& state, std::string_view name);
// The feed that has the secret with this digest and is not revoked.
std::shared_ptr<const KeptFeed> feed_behind(const Notification& state, const std::string& digest);

Decision decide(const Notification& state, const v1::CreateFeedRequest& command,
                const FeedSecret& secret, const Context& context);
Decision decide(const Notification& state, const v1::RevokeFeedRequest& command,
                const Context& context);

void evolve(Notification& state, const v1::FeedCreated& fact, const Recorded& recorded);
void evolve(Notification& state, const v1::FeedRevoked& fact, const Recorded& recorded);

// Puts a feed in, and its link when it has one: for a fact and for a saved state.
void keep_feed(Notification& state, KeptFeed feed);

}  // namespace kkr::notification
