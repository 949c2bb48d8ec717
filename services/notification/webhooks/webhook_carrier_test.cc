#include "services/notification/webhooks/webhook_carrier.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/time/clock.h"
#include "services/notification/webhooks/signature.h"
#include "services/notification/webhooks/testing/receiver.h"

namespace kkr::notification {
namespace {

using Kind = platform::MailOutcome::Kind;
using std::chrono::hours;

constexpr char kSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr char kWebhook[] = "regions/hovedstaden/webhooks/esdh";
const WebhookLimits kWithin{.allow_private = true, .time_max_ms = 300};

std::optional<std::string> secret_of(const std::string& webhook) {
  return webhook == kWebhook ? std::optional(kSecret) : std::nullopt;
}

Letter letter_to(const Receiver& receiver) {
  Letter letter;
  letter.channel = "WEBHOOK";
  letter.name = kWebhook;
  letter.address = receiver.url();
  letter.message = "{}";
  return letter;
}

TEST(WebhookCarrier, SignsWithTheSecretOfTheWebhook) {
  Receiver receiver;
  WebhookCarrier carrier(kWithin, secret_of);
  EXPECT_EQ(carrier.hand_over("send-1", letter_to(receiver)).kind, Kind::kDelivered);
  ASSERT_EQ(receiver.requests().size(), 1U);
  const auto request = receiver.requests()[0];
  EXPECT_EQ(request["webhook-id"], "send-1");
  const auto sent_at = absl::FromUnixSeconds(std::stoll(std::string(request["webhook-timestamp"])));
  EXPECT_LT(absl::AbsDuration(absl::Now() - sent_at), absl::Minutes(1));
  EXPECT_EQ(request["webhook-signature"], webhook_signature(kSecret, "send-1", sent_at, "{}"));
}

TEST(WebhookCarrier, WaitsWhileTheSecretCannotBeRead) {
  Receiver receiver;
  WebhookCarrier carrier(kWithin, [](const std::string&) { return std::nullopt; });
  EXPECT_EQ(carrier.hand_over("send-1", letter_to(receiver)).kind, Kind::kTryAgain);
  EXPECT_EQ(receiver.connections(), 0U);
}

TEST(WebhookCarrier, DoesNotWaitAgainForAReceiverThatHasJustNotAnswered) {
  Receiver silent;
  Receiver well;
  silent.will_answer({{.keeps_quiet = true}});
  WebhookCarrier carrier(kWithin, secret_of, hours(1));
  EXPECT_EQ(carrier.hand_over("send-1", letter_to(silent)).kind, Kind::kTryAgain);
  EXPECT_EQ(carrier.hand_over("send-2", letter_to(silent)).kind, Kind::kTryAgain);
  EXPECT_EQ(silent.requests().size(), 1U);
  EXPECT_EQ(carrier.hand_over("send-3", letter_to(well)).kind, Kind::kDelivered);
}

TEST(WebhookCarrier, AsksAgainOnceTheReceiverHasRested) {
  Receiver receiver;
  receiver.will_answer({{.keeps_quiet = true}});
  WebhookCarrier carrier(kWithin, secret_of, std::chrono::milliseconds(0));
  EXPECT_EQ(carrier.hand_over("send-1", letter_to(receiver)).kind, Kind::kTryAgain);
  EXPECT_EQ(carrier.hand_over("send-1", letter_to(receiver)).kind, Kind::kDelivered);
}

TEST(WebhookCarrier, LetsNobodyRestWhoAnswers) {
  Receiver receiver;
  receiver.will_answer({{.status = 503}, {.status = 404}});
  WebhookCarrier carrier(kWithin, secret_of, hours(1));
  EXPECT_EQ(carrier.hand_over("send-1", letter_to(receiver)).code, 503);
  const auto refused = carrier.hand_over("send-1", letter_to(receiver));
  EXPECT_EQ(refused.kind, Kind::kRefused);
  EXPECT_EQ(refused.code, 404);
}

TEST(WebhookCarrier, IsPacedByHostAndPort) {
  Letter letter;
  letter.address = "https://esdh.albertslund.example:8443/kkr?x=1";
  WebhookCarrier carrier(kWithin, secret_of);
  EXPECT_EQ(carrier.domain_of(letter), "esdh.albertslund.example:8443");
  letter.address = "nonsense";
  EXPECT_EQ(carrier.domain_of(letter), "");
}

}  // namespace
}  // namespace kkr::notification
