#include "services/notification/domain/feed.h"

#include <gtest/gtest.h>

#include <string>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

constexpr char kName[] = "regions/hovedstaden/feeds/albertslund";
const FeedSecret kSecret{"secret", "digest of secret"};

v1::CreateFeedRequest creation() {
  v1::CreateFeedRequest command;
  command.set_parent("regions/hovedstaden");
  command.set_feed_id("albertslund");
  command.mutable_feed()->set_municipality("165");
  command.mutable_feed()->set_office("sundhedsdirektoer");
  return command;
}

v1::RevokeFeedRequest revocation() {
  v1::RevokeFeedRequest command;
  command.set_name(kName);
  return command;
}

class FeedTest : public testing::Test {
 protected:
  // How many facts were recorded.
  std::size_t create(const v1::CreateFeedRequest& command, const FeedSecret& secret = kSecret) {
    return scene_.take(decide(scene_.state, command, secret, scene_.context())).size();
  }
  std::size_t revoke() { return scene_.tell(revocation()).size(); }
  std::optional<Rejection> refused(const v1::CreateFeedRequest& command) const {
    return story::rejection_in(decide(scene_.state, command, kSecret, scene_.context()));
  }

  story::Scene scene_;
};

TEST_F(FeedTest, IsFoundByTheDigestOfItsSecretWhichStandsBesideTheLog) {
  ASSERT_EQ(create(creation()), 1U);
  const auto feed = feed_behind(scene_.state, kSecret.digest);
  ASSERT_NE(feed, nullptr);
  EXPECT_EQ(feed->content.name(), kName);
  EXPECT_EQ(feed->content.municipality(), "165");
  EXPECT_TRUE(feed->content.has_create_time());
  EXPECT_EQ(scene_.documents.at(feed->secret_key), kSecret.text);
  EXPECT_EQ(feed_behind(scene_.state, "another"), nullptr);
}

TEST_F(FeedTest, KeepsTheSecretOutOfTheLog) {
  const Decision decision = decide(scene_.state, creation(), kSecret, scene_.context());
  const auto& facts = std::get<Effects>(decision).facts;
  ASSERT_EQ(facts.size(), 1U);
  const std::string stored = facts[0].event.feed_created().feed().ShortDebugString() +
                             facts[0].event.feed_created().secret().ShortDebugString();
  EXPECT_EQ(stored.find("\"secret\""), stored.npos) << stored;
}

TEST_F(FeedTest, LeadsNowhereOnceItIsRevoked) {
  create(creation());
  EXPECT_EQ(revoke(), 1U);
  EXPECT_EQ(feed_behind(scene_.state, kSecret.digest), nullptr);
  EXPECT_TRUE(find_feed(scene_.state, kName)->content.has_revoke_time());
  EXPECT_TRUE(scene_.documents.empty());
  EXPECT_EQ(revoke(), 0U);
}

TEST_F(FeedTest, IsNotMadeAnewUnderTheNameOfARevokedOne) {
  create(creation());
  revoke();
  EXPECT_EQ(refused(creation()), Rejection::kFeedExists);
}

TEST_F(FeedTest, NamesTheFirstRuleThatIsBroken) {
  v1::CreateFeedRequest command = creation();
  command.set_feed_id("Æ");
  command.mutable_feed()->set_municipality("16");
  EXPECT_EQ(refused(command), Rejection::kArgumentInvalid);
  command = creation();
  command.mutable_feed()->set_municipality("");
  EXPECT_EQ(refused(command), Rejection::kArgumentInvalid);
  command = creation();
  command.mutable_feed()->set_office("Æ");
  EXPECT_EQ(refused(command), Rejection::kArgumentInvalid);
  command = creation();
  command.mutable_feed()->set_language(static_cast<v1::Language>(99));
  EXPECT_EQ(refused(command), Rejection::kArgumentInvalid);
  EXPECT_EQ(refused(creation()), std::nullopt);
  EXPECT_EQ(story::rejection_in(decide(scene_.state, revocation(), scene_.context())),
            Rejection::kFeedUnknown);
}

TEST_F(FeedTest, IsOneOfAThousandThatAreNotRevoked) {
  v1::CreateFeedRequest command = creation();
  for (std::size_t i = 1; i < kFeedsMax; ++i) {
    command.set_feed_id("feed-" + std::to_string(i));
    ASSERT_EQ(create(command, {"secret", "digest " + std::to_string(i)}), 1U);
  }
  ASSERT_EQ(create(creation()), 1U);
  command.set_feed_id("one-more");
  EXPECT_EQ(refused(command), Rejection::kTooManyFeeds);
  revoke();
  EXPECT_EQ(refused(command), std::nullopt);
}

TEST_F(FeedTest, IsTheSameAfterASnapshot) {
  create(creation());
  v1::CreateFeedRequest other = creation();
  other.set_feed_id("other");
  create(other, {"other", "digest of other"});
  revoke();
  Notification loaded;
  ASSERT_TRUE(load_state(save_state(scene_.state), loaded));
  EXPECT_EQ(save_state(loaded), save_state(scene_.state));
  EXPECT_EQ(feed_behind(loaded, kSecret.digest), nullptr);
  EXPECT_NE(feed_behind(loaded, "digest of other"), nullptr);
}

}  // namespace
}  // namespace kkr::notification
