#include "services/platform/mail/smtp_channel.h"

#include <gtest/gtest.h>

#include "tests/contract/smtp_sink.h"

namespace kkr::platform {
namespace {

using Kind = MailOutcome::Kind;

constexpr char kSentMail[] = "Subject: x\r\n\r\nx\r\n";

class SmtpChannelTest : public testing::Test {
 protected:
  MailOutcome send(const std::string& local_part) {
    return channel_.send({"kkr@kkr.example", local_part + "@b.example", "id@kkr.example"},
                         kSentMail);
  }

  SmtpSink sink_;
  SmtpChannel channel_{SmtpServer{.url = sink_.url(), .tls = SmtpTls::kNone}};
};

TEST_F(SmtpChannelTest, ReportsWhatTheServerSaid) {
  const struct {
    const char* recipient;
    SmtpSink::Script script;
    Kind kind;
    int code;
    const char* text;
  } rows[] = {
      {"ok", {}, Kind::kDelivered, 250, "250 taken"},
      {"busy", {.rcpt = "421 later"}, Kind::kTryAgain, 421, "421 later"},
      {"full", {.rcpt = "452 4.2.2 full"}, Kind::kTryAgain, 452, "452 4.2.2 full"},
      {"gone", {.rcpt = "550 5.1.1 unknown"}, Kind::kRefused, 550, "550 5.1.1 unknown"},
      {"slow", {.data = "451 grey"}, Kind::kTryAgain, 451, "451 grey"},
      {"spam", {.data = "554-no\r\n554 spam"}, Kind::kRefused, 554, "554 spam"},
  };
  for (const auto& row : rows) {
    sink_.script(row.recipient, row.script);
    const MailOutcome outcome = send(row.recipient);
    EXPECT_EQ(outcome.kind, row.kind) << row.recipient;
    EXPECT_EQ(outcome.code, row.code) << row.recipient;
    EXPECT_EQ(outcome.text, row.text) << row.recipient;
    EXPECT_EQ(send("next").kind, Kind::kDelivered) << "after " << row.recipient;
  }
}

TEST_F(SmtpChannelTest, DoesNotKnowWhenTheServerIsGoneAfterTheMessage) {
  sink_.script("lost", {.data = "drop"});
  const MailOutcome outcome = send("lost");
  EXPECT_EQ(outcome.kind, Kind::kUnknown);
  EXPECT_EQ(outcome.code, 0);
}

TEST_F(SmtpChannelTest, UsesOneConnectionForManyMails) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(send("a").kind, Kind::kDelivered);
  EXPECT_EQ(sink_.connections(), 1U);
}

TEST_F(SmtpChannelTest, ReplacesAConnectionThatWasClosedMeanwhile) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(send("a").kind, Kind::kDelivered);
    sink_.close_connections();
  }
  EXPECT_EQ(sink_.mails().size(), 3U);
}

// Between curl's look at the connection and the mail.
TEST_F(SmtpChannelTest, ReplacesAConnectionThatIsClosedJustNowAndOnlyOnce) {
  EXPECT_EQ(send("a").kind, Kind::kDelivered);
  sink_.hang_up_once();
  EXPECT_EQ(send("b").kind, Kind::kDelivered);
  EXPECT_EQ(sink_.connections(), 2U);
  SmtpChannel fresh{SmtpServer{.url = sink_.url(), .tls = SmtpTls::kNone}};
  sink_.hang_up_once();
  EXPECT_EQ(fresh.send({"kkr@kkr.example", "c@b.example", "id@kkr.example"}, kSentMail).kind,
            Kind::kTryAgain);
}

TEST_F(SmtpChannelTest, SendsNothingUnencryptedWhereEncryptionIsRequired) {
  SmtpChannel strict{SmtpServer{.url = sink_.url()}};
  const MailOutcome outcome =
      strict.send({"kkr@kkr.example", "a@b.example", "id@kkr.example"}, kSentMail);
  EXPECT_EQ(outcome.kind, Kind::kTryAgain);
  EXPECT_TRUE(sink_.mails().empty());
}

}  // namespace
}  // namespace kkr::platform
