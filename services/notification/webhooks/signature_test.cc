#include "services/notification/webhooks/signature.h"

#include <gtest/gtest.h>

namespace kkr::notification {
namespace {

// The example of the specification's own test suite.
constexpr char kSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr char kId[] = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr char kBody[] = R"({"test": 2432232314})";

TEST(WebhookSignature, IsWhatTheSpecificationSays) {
  EXPECT_EQ(webhook_signature(kSecret, kId, absl::FromUnixSeconds(1614265330), kBody),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignature, IsAnotherWithAnyOtherPart) {
  const absl::Time at = absl::FromUnixSeconds(1614265330);
  const std::string signature = webhook_signature(kSecret, kId, at, kBody);
  EXPECT_NE(webhook_signature(new_webhook_secret(), kId, at, kBody), signature);
  EXPECT_NE(webhook_signature(kSecret, "msg_2", at, kBody), signature);
  EXPECT_NE(webhook_signature(kSecret, kId, at + absl::Seconds(1), kBody), signature);
  EXPECT_NE(webhook_signature(kSecret, kId, at, std::string(kBody) + " "), signature);
}

TEST(WebhookSignature, NeedsASecretOfItsForm) {
  for (const char* secret : {"", "whsec_", "whsec_?", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"})
    EXPECT_EQ(webhook_signature(secret, kId, absl::UnixEpoch(), kBody), "") << secret;
}

TEST(NewWebhookSecret, IsLongAndNeverTheSame) {
  const std::string secret = new_webhook_secret();
  EXPECT_EQ(secret.size(), 6U + 44U);
  EXPECT_NE(secret, new_webhook_secret());
  EXPECT_NE(webhook_signature(secret, kId, absl::UnixEpoch(), kBody), "");
}

}  // namespace
}  // namespace kkr::notification
