#include "services/notification/webhooks/webhook_client.h"

#include <gtest/gtest.h>

#include <string>

#include "services/notification/webhooks/signature.h"
#include "services/notification/webhooks/testing/receiver.h"

namespace kkr::notification {
namespace {

using Kind = WebhookOutcome::Kind;

constexpr char kSecret[] = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const absl::Time kNow = absl::FromUnixSeconds(1'790'000'000);

WebhookPost post_to(const std::string& url) {
  return {.url = url, .id = "notice-1", .secret = kSecret, .body = R"({"a":"æ"})", .sent_at = kNow};
}

WebhookLimits within() { return {.allow_private = true, .time_max_ms = 300}; }

TEST(WebhookClient, PostsWhatWasSigned) {
  Receiver receiver;
  WebhookClient client(within());
  const WebhookOutcome outcome = client.send(post_to(receiver.url()));
  EXPECT_EQ(outcome.kind, Kind::kDelivered);
  EXPECT_EQ(outcome.status, 204);

  ASSERT_EQ(receiver.requests().size(), 1U);
  const Receiver::Request request = receiver.requests()[0];
  EXPECT_EQ(request.method_string(), "POST");
  EXPECT_EQ(request.target(), "/inbox");
  EXPECT_EQ(request["Content-Type"], "application/json");
  EXPECT_EQ(request["webhook-id"], "notice-1");
  EXPECT_EQ(request["webhook-timestamp"], "1790000000");
  EXPECT_EQ(request["webhook-signature"],
            webhook_signature(kSecret, "notice-1", kNow, request.body()));
  EXPECT_EQ(request.body(), R"({"a":"æ"})");
}

TEST(WebhookClient, KeepsItsConnection) {
  Receiver receiver;
  WebhookClient client(within());
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(client.send(post_to(receiver.url())).kind, Kind::kDelivered);
  EXPECT_EQ(receiver.requests().size(), 3U);
  EXPECT_EQ(receiver.connections(), 1U);
}

TEST(WebhookClient, TellsWhatMayBeTriedAgainFromWhatIsFinal) {
  const struct {
    Receiver::Answer answer;
    Kind kind;
  } rows[] = {
      {{.status = 200}, Kind::kDelivered},      {{.status = 299}, Kind::kDelivered},
      {{.status = 400}, Kind::kRefused},        {{.status = 401}, Kind::kRefused},
      {{.status = 404}, Kind::kRefused},        {{.status = 408}, Kind::kTryAgain},
      {{.status = 410}, Kind::kRefused},        {{.status = 425}, Kind::kTryAgain},
      {{.status = 429}, Kind::kTryAgain},       {{.status = 500}, Kind::kTryAgain},
      {{.status = 503}, Kind::kTryAgain},       {{.hangs_up = true}, Kind::kTryAgain},
      {{.keeps_quiet = true}, Kind::kTryAgain},
  };
  for (const auto& row : rows) {
    Receiver receiver;
    receiver.will_answer({row.answer, row.answer});  // curl asks a second time after a hang-up.
    const WebhookOutcome outcome = WebhookClient(within()).send(post_to(receiver.url()));
    EXPECT_EQ(outcome.kind, row.kind) << row.answer.status << ": " << outcome.text;
    EXPECT_EQ(outcome.text.empty(), row.kind == Kind::kDelivered);
  }
}

TEST(WebhookClient, FollowsNoRedirect) {
  Receiver elsewhere;
  Receiver receiver;
  receiver.will_answer({{.status = 307, .location = elsewhere.url()}});
  const WebhookOutcome outcome = WebhookClient(within()).send(post_to(receiver.url()));
  EXPECT_EQ(outcome.kind, Kind::kRefused);
  EXPECT_EQ(outcome.status, 307);
  EXPECT_EQ(elsewhere.connections(), 0U);
}

TEST(WebhookClient, GoesByTheStatusOfAnAnswerThatIsTooLarge) {
  Receiver receiver;
  receiver.will_answer({{.status = 200, .body_bytes = std::size_t{1} << 20U}});
  EXPECT_EQ(WebhookClient(within()).send(post_to(receiver.url())).kind, Kind::kDelivered);
}

TEST(WebhookClient, NeverConnectsToAnAddressThatIsNotPublic) {
  Receiver receiver;
  WebhookClient client({});
  for (const char* host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433",
                           "0x7f.1", "0.0.0.0"}) {
    std::string url = receiver.url(host);
    url.insert(4, "s");
    const WebhookOutcome outcome = client.send(post_to(url));
    EXPECT_EQ(outcome.kind, Kind::kRefused) << host;
    EXPECT_EQ(outcome.text, "The host leads to an address that is not public.") << host;
  }
  EXPECT_EQ(receiver.connections(), 0U);
}

TEST(WebhookClient, SendsNothingUnencryptedOrUnsigned) {
  Receiver receiver;
  EXPECT_EQ(WebhookClient({}).send(post_to(receiver.url())).kind, Kind::kRefused);
  WebhookPost unsigned_post = post_to(receiver.url());
  unsigned_post.secret.clear();
  EXPECT_EQ(WebhookClient(within()).send(unsigned_post).kind, Kind::kRefused);
  EXPECT_EQ(receiver.connections(), 0U);
}

TEST(UrlFault, NamesWhatIsWrong) {
  const struct {
    std::string url;
    std::string fault;
  } rows[] = {
      {"https://esdh.albertslund.example/kkr?x=1", ""},
      {"https://[2a00:1450::1]:8443/", ""},
      {"", "is not a whole URL"},
      {"esdh.albertslund.example", "is not a whole URL"},
      {"https://", "is not a whole URL"},
      {"https://a b.example/", "is not a whole URL"},
      {"https://a.example/\r\nX: y", "is not a whole URL"},
      {"http://esdh.example/", "must begin with https://"},
      {"ftp://esdh.example/", "must begin with https://"},
      {"file:///etc/passwd", "must begin with https://"},
      {"https://me@esdh.example/", "may not hold a user or a password"},
      {"https://me:secret@esdh.example/", "may not hold a user or a password"},
      {"https://esdh.example/#a", "may not have a fragment"},
      {"https://" + std::string(2048, 'a'), "is longer than 2048 bytes"},
  };
  for (const auto& row : rows) EXPECT_EQ(url_fault(row.url, false).value_or(""), row.fault);
  EXPECT_EQ(url_fault("http://esdh.example/", true), std::nullopt);
}

}  // namespace
}  // namespace kkr::notification
