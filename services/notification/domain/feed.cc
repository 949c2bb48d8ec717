#include "services/notification/domain/feed.h"

#include <utility>

#include "services/notification/domain/arguments.h"
#include "services/notification/domain/state.h"
#include "services/platform/field/field_behavior.h"
#include "services/platform/field/resource_name.h"
#include "services/platform/time/timestamp.h"

namespace kkr::notification {
namespace {

std::string stream_of(const FeedId& feed) { return "feed-" + feed.text; }

std::optional<Refusal> fault_in(const v1::CreateFeedRequest& command) {
  const v1::Feed& feed = command.feed();
  Arguments arguments;
  arguments.must(command.feed_id().empty() || platform::is_resource_id(command.feed_id()),
                 "feed_id", "1 to 63 of a-z, 0-9 and -");
  arguments.must(is_municipality_code(feed.municipality()), "feed.municipality", "three digits");
  if (!feed.office().empty()) arguments.office("feed.office", feed.office());
  arguments.must(v1::Language_IsValid(feed.language()), "feed.language", "a language");
  return arguments.fault();
}

}  // namespace

std::shared_ptr<const KeptFeed> find_feed(const Notification& state, std::string_view name) {
  const auto parsed = parse_feed_name(name);
  return parsed ? state.feeds.find(parsed->id) : nullptr;
}

std::shared_ptr<const KeptFeed> feed_behind(const Notification& state, const std::string& digest) {
  const auto id = state.feeds_by_digest.find(digest);
  return id == nullptr ? nullptr : state.feeds.find(*id);
}

Decision decide(const Notification& state, const v1::CreateFeedRequest& command,
                const FeedSecret& secret, const Context& context) {
  const FeedId id{command.feed_id().empty() ? context.new_id : command.feed_id()};
  if (state.feeds.contains(id)) return refusal(Rejection::kFeedExists);
  if (state.feeds_by_digest.size() >= kFeedsMax) {
    return refusal(Rejection::kTooManyFeeds, {{"max", std::to_string(kFeedsMax)}});
  }
  if (auto fault = fault_in(command)) return *std::move(fault);
  Effects effects;
  v1::Event event;
  v1::FeedCreated& fact = *event.mutable_feed_created();
  *fact.mutable_feed() = command.feed();
  platform::clear_output_only(*fact.mutable_feed());
  fact.mutable_feed()->set_name(feed_name(region_of(command.parent()), id));
  fact.set_secret_digest(secret.digest);
  fact.mutable_secret()->set_key("feed/" + id.text + "/secret");
  effects.private_writes.push_back({fact.secret().key(), secret.text});
  effects.facts.push_back({stream_of(id), std::move(event)});
  return effects;
}

Decision decide(const Notification& state, const v1::RevokeFeedRequest& command, const Context&) {
  const auto feed = find_feed(state, command.name());
  if (feed == nullptr) return refusal(Rejection::kFeedUnknown);
  if (feed->content.has_revoke_time()) return Effects{};
  Effects effects;
  v1::Event event;
  event.mutable_feed_revoked()->set_feed(command.name());
  effects.private_writes.push_back({feed->secret_key, std::nullopt});
  effects.facts.push_back({stream_of(parse_feed_name(command.name())->id), std::move(event)});
  return effects;
}

void evolve(Notification& state, const v1::FeedCreated& fact, const Recorded& recorded) {
  KeptFeed feed{fact.feed(), fact.secret_digest(), fact.secret().key()};
  *feed.content.mutable_create_time() = platform::timestamp_of(recorded.at.recorded_at);
  keep_feed(state, std::move(feed));
}

void evolve(Notification& state, const v1::FeedRevoked& fact, const Recorded& recorded) {
  const auto name = parse_feed_name(fact.feed());
  if (!name || !state.feeds.contains(name->id)) return;
  state.feeds.update(name->id, [&](KeptFeed& feed) {
    state.feeds_by_digest.erase(feed.secret_digest);
    feed.secret_key.clear();
    *feed.content.mutable_revoke_time() = platform::timestamp_of(recorded.at.recorded_at);
  });
}

void keep_feed(Notification& state, KeptFeed feed) {
  const auto name = parse_feed_name(feed.content.name());
  if (!name) return;
  if (!feed.content.has_revoke_time()) state.feeds_by_digest.set(feed.secret_digest, name->id);
  state.feeds.set(name->id, std::move(feed));
}

}  // namespace kkr::notification
