#include "services/platform/mail/mail_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "tests/contract/dkim_keys.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Problems problems_of(const MailConfig& config) {
  Problems problems;
  config.check(problems);
  return problems;
}

MailConfig with_server() {
  MailConfig config;
  config.mail_from = "KKR <kkr@kkr.example>";
  config.smtp_url = "smtp://127.0.0.1:25";
  return config;
}

TEST(MailConfig, NeedsNothingForAMaildir) {
  EXPECT_THAT(problems_of(MailConfig()), IsEmpty());
  EXPECT_EQ(MailConfig().sender().address, "kkr@kkr.example");
  EXPECT_EQ(make_mail_channel(MailConfig(), "/nowhere")->name(), "maildir");
}

TEST(MailConfig, NamesEachProblemWithItsFlag) {
  const struct {
    void (*spoil)(MailConfig&);
    const char* sentence;
  } rows[] = {
      {[](auto& c) { c.mail_from = "KKR"; }, "(--mail-from)"},
      {[](auto& c) { c.mail_from = ""; }, "need a sender (--mail-from)"},
      {[](auto& c) { c.smtp_url = "mail.example.dk"; }, "(--smtp-url)"},
      {[](auto& c) { c.smtp_url = "smtp://"; }, "(--smtp-url)"},
      {[](auto& c) { c.smtp_tls = "yes"; }, "(--smtp-tls)"},
      {[](auto& c) { c.smtp_ca_file = "/nowhere"; }, "(--smtp-ca-file)"},
      {[](auto& c) { c.smtp_user = "kkr"; }, "(--smtp-user, --smtp-password-file)"},
      {[](auto& c) { c.smtp_user = "kkr", c.smtp_password_file = "/nowhere"; },
       "(--smtp-password-file)"},
      {[](auto& c) { c.smtp_timeout_seconds = 4; }, "(--smtp-timeout-seconds)"},
      {[](auto& c) { c.smtp_retry_seconds = 0; }, "(--smtp-retry-seconds)"},
      {[](auto& c) { c.dkim_key_file = "/nowhere"; }, "'/nowhere' cannot be read. (--dkim-key)"},
      {[](auto& c) { c.dkim_selector = "a b"; }, "(--dkim-selector)"},
      {[](auto& c) { c.public_url = "kkr.dk"; }, "(--public-url)"},
      {[](auto& c) { c.public_url = "https://kkr.example/"; }, "(--public-url)"},
  };
  EXPECT_THAT(problems_of(with_server()), IsEmpty());
  for (const auto& row : rows) {
    MailConfig config = with_server();
    row.spoil(config);
    EXPECT_THAT(problems_of(config), ElementsAre(HasSubstr(row.sentence))) << row.sentence;
  }
}

TEST(MailConfig, ReadsThePasswordAndTheKeyFromTheirFiles) {
  const TemporaryFolder folder;
  std::ofstream(folder.path("password")) << "hemmelig\n";
  std::ofstream(folder.path("key")) << new_rsa_key(2048);
  MailConfig config = with_server();
  config.smtp_user = "kkr";
  config.smtp_password_file = folder.path("password");
  config.dkim_key_file = folder.path("key");
  EXPECT_THAT(problems_of(config), IsEmpty());
  EXPECT_EQ(config.server().password, "hemmelig");
  const auto signer = make_dkim_signer(config);
  EXPECT_NE(std::get<std::unique_ptr<DkimSigner>>(signer), nullptr);
}

}  // namespace
}  // namespace kkr::platform
