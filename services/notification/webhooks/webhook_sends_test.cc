#include "services/notification/webhooks/webhook_sends.h"

#include <gtest/gtest.h>

#include "services/notification/domain/story.h"
#include "services/notification/domain/webhook.h"
#include "services/notification/sending/notice_dispatch.h"
#include "services/notification/webhooks/webhook_desk.h"

namespace kkr::notification {
namespace {

class WebhookSendsTest : public testing::Test {
 protected:
  void SetUp() override {
    v1::CreateWebhookRequest command;
    command.set_parent("regions/hovedstaden");
    command.set_webhook_id("esdh");
    command.mutable_webhook()->set_url("https://esdh.example/");
    scene_.take(decide(scene_.state, command, "whsec_1", scene_.context()));

    v1::NoticeDue& notice = *event_.mutable_notice_due();
    notice.set_occasion(v1::OCCASION_REMINDER);
    notice.set_subject(story::kRound);
    notice.set_step("2013-03-19-14");
    for (const char* office : {"borgmester", "sundhedsdirektoer"}) {
      notice.add_recipients()->set_municipality("165");
      notice.mutable_recipients()->rbegin()->set_office(office);
    }
    v1::DroppedRecipient& dropped = *notice.add_dropped();
    dropped.mutable_recipient()->set_municipality("101");
    dropped.mutable_recipient()->set_office("borgmester");
    dropped.set_rule(v1::DROP_RULE_SUPERSEDED);
  }

  std::vector<PlannedSend> sends() const {
    return webhook_sends(scene_.state, event_.notice_due(), scene_.position() + 1,
                         dispatch_of(event_).sends);
  }

  story::Scene scene_;
  v1::Event event_;
};

TEST_F(WebhookSendsTest, AreOneForEachMunicipalityHoweverManyOfficesAreWrittenTo) {
  const auto made = sends();
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].key, (SendKey{"REMINDER", story::kRound, "municipalities/165/webhooks/esdh",
                                  "2013-03-19-14"}));
  EXPECT_EQ(made[0].municipality, "165");
  EXPECT_EQ(made[0].facts, dispatch_of(event_).sends[0].facts);
  EXPECT_TRUE(is_webhook_recipient(made[0].key.recipient));
  EXPECT_FALSE(is_webhook_recipient(dispatch_of(event_).sends[0].key.recipient));
}

TEST_F(WebhookSendsTest, AreNoneForWhoIsNotWrittenTo) {
  event_.mutable_notice_due()->clear_recipients();
  EXPECT_TRUE(sends().empty());
}

}  // namespace
}  // namespace kkr::notification
