#include "services/platform/mail/mail_address.h"

#include <gtest/gtest.h>

namespace kkr::platform {
namespace {

TEST(MailAddress, TakesWhatEveryServerTakes) {
  for (const char* address : {"a@b.example", "a.b+c@d.e.example", "o'brien@x-y.example", "1@2.3"}) {
    EXPECT_TRUE(is_mail_address(address)) << address;
  }
  EXPECT_TRUE(is_mail_address(std::string(64, 'a') + "@b.example"));
}

TEST(MailAddress, RefusesWhatCouldBeTakenForMoreThanAnAddress) {
  for (const char* address : {"",
                              "a",
                              "@b.example",
                              "a@",
                              "a@b",
                              "a@b.",
                              "a@.dk",
                              "a@-b.example",
                              "a@b_c.example",
                              ".a@b.example",
                              "a..b@c.example",
                              "a b@c.example",
                              "a@b.example,c@d.example",
                              "a@b.example\r\nBcc: c@d.example",
                              "\"a\"@b.example",
                              "a<@b.example",
                              "a>@b.example",
                              "s\xc3\xb8ren@b.example",
                              "a@s\xc3\xb8.dk",
                              "a@b.example ",
                              "a@[127.0.0.1]"}) {
    EXPECT_FALSE(is_mail_address(address)) << address;
  }
  EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b.example"));
  EXPECT_FALSE(is_mail_address("a@" + std::string(64, 'b') + ".dk"));
}

TEST(DomainOf, IsTheSameHoweverItIsWritten) {
  EXPECT_EQ(domain_of("A@AlbertsLund.Example.example"), "albertslund.example.example");
  EXPECT_EQ(domain_of("nobody"), "");
}

TEST(ParseMailbox, ReadsANameBeforeAnAddressInBrackets) {
  const auto named = parse_mailbox("KKR Hovedstaden <kkr@kkr.example>");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->name, "KKR Hovedstaden");
  EXPECT_EQ(named->address, "kkr@kkr.example");
  EXPECT_EQ(parse_mailbox("kkr@kkr.example")->name, "");
  EXPECT_FALSE(parse_mailbox("KKR kkr@kkr.example"));
  EXPECT_FALSE(parse_mailbox("KKR <kkr@kkr.example"));
  EXPECT_FALSE(parse_mailbox("KKR <kkr>"));
}

}  // namespace
}  // namespace kkr::platform
