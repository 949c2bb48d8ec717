#include "services/notification/domain/webhook.h"

#include <gtest/gtest.h>

#include <string>

#include "services/notification/domain/story.h"

namespace kkr::notification {
namespace {

constexpr char kName[] = "regions/hovedstaden/webhooks/esdh";
const WebhookId kEsdh{"esdh"};

v1::CreateWebhookRequest creation() {
  v1::CreateWebhookRequest command;
  command.set_parent("regions/hovedstaden");
  command.set_webhook_id("esdh");
  command.mutable_webhook()->set_url("https://esdh.albertslund.example/kkr");
  return command;
}

v1::UpdateWebhookRequest update() {
  v1::UpdateWebhookRequest command;
  *command.mutable_webhook() = creation().webhook();
  command.mutable_webhook()->set_name(kName);
  return command;
}

v1::NoticeDue reminder_of(std::initializer_list<const char*> municipalities) {
  v1::NoticeDue notice;
  notice.set_occasion(v1::OCCASION_REMINDER);
  for (const char* code : municipalities) {
    for (const char* office : {"borgmester", "sundhedsdirektoer"}) {
      auto& recipient = *notice.add_recipients();
      recipient.set_municipality(code);
      recipient.set_office(office);
    }
  }
  notice.add_dropped()->mutable_recipient()->set_municipality("147");
  return notice;
}

class WebhookTest : public testing::Test {
 protected:
  void create(const v1::CreateWebhookRequest& command) {
    EXPECT_EQ(scene_.take(decide(scene_.state, command, "whsec_1", scene_.context())).size(), 1U);
  }
  std::vector<WebhookTold> told(const v1::NoticeDue& notice) const {
    return webhooks_told(scene_.state, notice, scene_.position() + 1);
  }

  story::Scene scene_;
};

TEST_F(WebhookTest, IsToldOnceOfEachMunicipalityANoticeIsSentTo) {
  create(creation());
  EXPECT_EQ(told(reminder_of({"101", "165"})),
            (std::vector<WebhookTold>{{{"101"}, kEsdh}, {{"165"}, kEsdh}}));
}

TEST_F(WebhookTest, IsToldOnlyOfItsMunicipalityAndItsOccasions) {
  v1::CreateWebhookRequest command = creation();
  command.mutable_webhook()->set_municipality("165");
  command.mutable_webhook()->add_occasions(v1::OCCASION_REMINDER);
  create(command);
  EXPECT_EQ(told(reminder_of({"101", "165"})), (std::vector<WebhookTold>{{{"165"}, kEsdh}}));
  v1::NoticeDue invitation = reminder_of({"165"});
  invitation.set_occasion(v1::OCCASION_INVITATION);
  EXPECT_TRUE(told(invitation).empty());
}

TEST_F(WebhookTest, IsNotToldOfWhatHappenedBeforeItWasRegistered) {
  create(creation());
  EXPECT_TRUE(webhooks_told(scene_.state, reminder_of({"165"}), scene_.position()).empty());
  scene_.tell(update());
  EXPECT_EQ(webhooks_told(scene_.state, reminder_of({"165"}), scene_.position()).size(), 1U);
}

TEST_F(WebhookTest, IsSurelyToldOfWhatFellDueAfterItWasRegistered) {
  v1::CreateWebhookRequest command = creation();
  command.mutable_webhook()->set_municipality("165");
  command.mutable_webhook()->add_occasions(v1::OCCASION_REMINDER);
  create(command);
  const auto told_later = [this](v1::Occasion occasion, const char* code, absl::Duration later) {
    return is_told(scene_.state, occasion, MunicipalityCode{code}, scene_.now + later);
  };
  EXPECT_TRUE(told_later(v1::OCCASION_REMINDER, "165", absl::Seconds(1)));
  EXPECT_FALSE(told_later(v1::OCCASION_REMINDER, "165", absl::ZeroDuration()));
  EXPECT_FALSE(told_later(v1::OCCASION_REMINDER, "101", absl::Seconds(1)));
  EXPECT_FALSE(told_later(v1::OCCASION_INVITATION, "165", absl::Seconds(1)));
}

TEST_F(WebhookTest, KeepsOneSecretBesideTheLog) {
  create(creation());
  EXPECT_EQ(scene_.documents.at(find_webhook(scene_.state, kName)->secret_key), "whsec_1");

  v1::RotateWebhookSecretRequest rotation;
  rotation.set_name(kName);
  scene_.take(decide(scene_.state, rotation, "whsec_2", scene_.context()));
  ASSERT_EQ(scene_.documents.size(), 1U);
  EXPECT_EQ(scene_.documents.at(find_webhook(scene_.state, kName)->secret_key), "whsec_2");

  v1::DeleteWebhookRequest deletion;
  deletion.set_name(kName);
  EXPECT_EQ(scene_.tell(deletion).size(), 1U);
  EXPECT_TRUE(scene_.documents.empty());
  EXPECT_EQ(find_webhook(scene_.state, kName), nullptr);
}

TEST_F(WebhookTest, KeepsNoSecretThatAClientSent) {
  v1::CreateWebhookRequest command = creation();
  command.mutable_webhook()->set_secret("whsec_mine");
  create(command);
  EXPECT_EQ(find_webhook(scene_.state, kName)->content.secret(), "");
}

TEST_F(WebhookTest, NamesTheFirstRuleThatIsBroken) {
  const auto refused = [this](const auto& command) {
    return story::rejection_in(decide(scene_.state, command, scene_.context()));
  };
  const auto creation_refused = [this](const v1::CreateWebhookRequest& command) {
    return story::rejection_in(decide(scene_.state, command, "whsec_1", scene_.context()));
  };
  v1::DeleteWebhookRequest deletion;
  deletion.set_name(kName);
  EXPECT_EQ(refused(deletion), Rejection::kWebhookUnknown);
  EXPECT_EQ(refused(update()), Rejection::kWebhookUnknown);

  v1::CreateWebhookRequest wrong = creation();
  wrong.mutable_webhook()->set_url("");
  EXPECT_EQ(creation_refused(wrong), Rejection::kArgumentInvalid);
  wrong = creation();
  wrong.mutable_webhook()->set_municipality("København");
  EXPECT_EQ(creation_refused(wrong), Rejection::kArgumentInvalid);
  wrong = creation();
  wrong.mutable_webhook()->add_occasions(v1::OCCASION_REMINDER);
  wrong.mutable_webhook()->add_occasions(v1::OCCASION_REMINDER);
  EXPECT_EQ(creation_refused(wrong), Rejection::kArgumentInvalid);
  wrong = creation();
  wrong.set_webhook_id("Æ");
  EXPECT_EQ(creation_refused(wrong), Rejection::kArgumentInvalid);

  create(creation());
  EXPECT_EQ(creation_refused(wrong = creation()), Rejection::kWebhookExists);
  v1::UpdateWebhookRequest stale = update();
  stale.mutable_webhook()->set_etag("0-none");
  stale.mutable_webhook()->set_url("");
  EXPECT_EQ(refused(stale), Rejection::kEtagStale);
}

TEST_F(WebhookTest, IsOneOfTwoHundred) {
  v1::CreateWebhookRequest command = creation();
  for (std::size_t i = 0; i < kWebhooksMax; ++i) {
    command.set_webhook_id("webhook-" + std::to_string(i));
    create(command);
  }
  EXPECT_EQ(story::rejection_in(decide(scene_.state, creation(), "whsec_1", scene_.context())),
            Rejection::kTooManyWebhooks);
}

TEST_F(WebhookTest, IsTheSameAfterASnapshot) {
  create(creation());
  scene_.tell(update());
  Notification loaded;
  ASSERT_TRUE(load_state(save_state(scene_.state), loaded));
  EXPECT_EQ(save_state(loaded), save_state(scene_.state));
  EXPECT_EQ(webhooks_told(loaded, reminder_of({"165"}), 2).size(), 1U);
}

}  // namespace
}  // namespace kkr::notification
