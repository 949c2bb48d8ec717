#include "services/notification/webhooks/webhook_body.h"

#include <gtest/gtest.h>

namespace kkr::notification {
namespace {

TEST(WebhookBody, SaysWhichNoticeItIsAndWhatItIsAbout) {
  v1::NoticeDue notice;
  notice.set_occasion(v1::OCCASION_REMINDER);
  notice.set_subject("regions/hovedstaden/rounds/sundhed-2013");
  notice.set_round("regions/hovedstaden/rounds/sundhed-2013");
  notice.set_step("2013-03-19-14");
  notice.set_deadline_date("2013-03-19");
  notice.mutable_due_time()->set_seconds(1362470400);
  EXPECT_EQ(webhook_body("1f6e", "165", notice),
            R"({"id":"1f6e","occasion":"REMINDER","region":"regions/hovedstaden",)"
            R"("subject":"regions/hovedstaden/rounds/sundhed-2013",)"
            R"("round":"regions/hovedstaden/rounds/sundhed-2013","municipality":"165",)"
            R"("step":"2013-03-19-14","deadline_date":"2013-03-19",)"
            R"("due_time":"2013-03-05T08:00:00Z"})");
}

TEST(WebhookBody, LeavesOutWhatANoticeOfAnInvoiceLacks) {
  v1::NoticeDue notice;
  notice.set_occasion(v1::OCCASION_DUNNING);
  notice.set_subject("regions/hovedstaden/invoices/165-2013-1");
  notice.set_step("1");
  EXPECT_EQ(webhook_body("2", "101", notice),
            R"({"id":"2","occasion":"DUNNING","region":"regions/hovedstaden",)"
            R"("subject":"regions/hovedstaden/invoices/165-2013-1","municipality":"101",)"
            R"("step":"1","due_time":"1970-01-01T00:00:00Z"})");
}

}  // namespace
}  // namespace kkr::notification
