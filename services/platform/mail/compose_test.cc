#include "services/platform/mail/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

Message letter() {
  Message message;
  message.message_id = "0123abcd@kkr.example";
  message.date = absl::FromUnixSeconds(1'358'924'400);
  message.from = {"KKR Hovedstaden", "kkr@kkr.example"};
  message.to = {"S\xc3\xb8ren", "soren@albertslund.example"};
  message.subject = "Frist 19. marts 2013";
  message.text = "K\xc3\xa6re S\xc3\xb8ren\n";
  message.language = "da";
  return message;
}

std::string composed(const Message& message) {
  const auto mail = compose(message);
  return std::holds_alternative<std::string>(mail) ? std::get<std::string>(mail)
                                                   : std::get<MailFault>(mail).reason;
}

TEST(Compose, WritesTheFieldsOnceEachAndThenTheBody) {
  EXPECT_EQ(composed(letter()),
            "Date: Wed, 23 Jan 2013 07:00:00 +0000\r\n"
            "From: \"KKR Hovedstaden\"\r\n <kkr@kkr.example>\r\n"
            "To: =?UTF-8?B?U8O4cmVu?=\r\n <soren@albertslund.example>\r\n"
            "Subject: Frist 19. marts 2013\r\n"
            "Message-ID: <0123abcd@kkr.example>\r\n"
            "Auto-Submitted: auto-generated\r\n"
            "Content-Language: da\r\n"
            "MIME-Version: 1.0\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Transfer-Encoding: quoted-printable\r\n"
            "\r\n"
            "K=C3=A6re S=C3=B8ren\r\n");
}

TEST(Compose, IsTheSameForTheSameMessage) {
  Message message = letter();
  message.html = "<p>Frist</p>\n";
  message.calendar = CalendarPart{"REQUEST", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"};
  message.attachments.push_back({"bilag.pdf", "application/pdf", "%PDF"});
  EXPECT_EQ(composed(message), composed(message));
}

TEST(Compose, OffersTheSameWordsInEveryForm) {
  Message message = letter();
  message.html = "<p>Frist</p>\n";
  message.calendar = CalendarPart{"CANCEL", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"};
  const std::string mail = composed(message);
  EXPECT_THAT(mail, HasSubstr("Content-Type: multipart/alternative;"));
  EXPECT_THAT(mail, HasSubstr("Content-Type: text/html; charset=utf-8"));
  EXPECT_THAT(mail, HasSubstr("Content-Type: text/calendar; charset=utf-8; method=CANCEL"));
  EXPECT_THAT(mail, Not(HasSubstr("multipart/mixed")));
}

TEST(Compose, LetsNoValueBeginAnotherField) {
  Message message = letter();
  message.to.name = "S\r\nBcc: x@y.example";
  message.subject = "Frist\r\n\r\n<html>";
  const std::string mail = composed(message);
  EXPECT_THAT(mail, HasSubstr("To: \"S Bcc: x@y.example\"\r\n <soren@"));
  EXPECT_THAT(mail, HasSubstr("Subject: Frist <html>\r\n"));
}

TEST(Compose, EncodesWhatOnlyLooksEncoded) {
  Message message = letter();
  message.subject = "=?utf-8?q?x?=";
  EXPECT_THAT(composed(message), HasSubstr("Subject: =?UTF-8?B?PT91dGYtOD9xP3g/PQ==?=\r\n"));
}

TEST(Compose, KeepsEveryHeaderLineShort) {
  Message message = letter();
  message.subject.clear();
  for (int i = 0; i < 100; ++i) message.subject += "\xf0\x9f\x98\x80\xc3\xa6";
  const std::string mail = composed(message);
  for (std::size_t begin = 0, end = 0; begin < mail.size(); begin = end + 2) {
    end = mail.find("\r\n", begin);
    EXPECT_LE(end - begin, 78U) << mail.substr(begin, end - begin);
  }
}

TEST(Compose, SaysWhatIsNoMail) {
  const struct {
    void (*spoil)(Message&);
    const char* reason;
  } rows[] = {
      {[](Message& m) { m.message_id = "x\r\ny@z.example"; }, "The Message-ID"},
      {[](Message& m) { m.from.address = ""; }, "The sender"},
      {[](Message& m) { m.to.address = "a@b.example>\r\nBcc: <c@d.example"; },
       "The recipient's address"},
      {[](Message& m) { m.subject = "\xff"; }, "A text of the message is not UTF-8"},
  };
  for (const auto& row : rows) {
    Message message = letter();
    row.spoil(message);
    EXPECT_THAT(composed(message), StartsWith(row.reason));
  }
}

TEST(OneLine, MakesEveryGapOneSpace) {
  EXPECT_EQ(one_line(" a\r\n\tb \xc2\x85 c\xe2\x80\xa8"
                     "d\x7f"),
            "a b c d");
  EXPECT_EQ(one_line("\xc3\xa6 \xc2\xa0\xe2\x80\x93"), "\xc3\xa6 \xc2\xa0\xe2\x80\x93");
  EXPECT_EQ(one_line("\r\n"), "");
}

}  // namespace
}  // namespace kkr::platform
