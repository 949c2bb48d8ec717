#include "services/platform/mail/dkim_signer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/contract/dkim_keys.h"

namespace kkr::platform {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr char kMail[] =
    "From: \"KKR\"\r\n <kkr@kkr.example>\r\nTo: <a@b.example>\r\nSubject: Frist\r\n\r\nHej\r\n";

std::string reason_for(const std::string& key) {
  const auto signer = DkimSigner::create({"kkr.example", "kkr", key});
  return std::holds_alternative<MailFault>(signer) ? std::get<MailFault>(signer).reason : "";
}

// Whether others accept the signature is tested by the fuzz in tests/mail, with python's dkim.
TEST(DkimSigner, PutsASignatureInFrontAndChangesNothing) {
  const auto created = DkimSigner::create({"kkr.example", "kkr2026", new_rsa_key(2048)});
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<DkimSigner>>(created));
  const auto mail = std::get<std::unique_ptr<DkimSigner>>(created)->sign(kMail);
  ASSERT_TRUE(std::holds_alternative<std::string>(mail)) << std::get<MailFault>(mail).reason;
  EXPECT_THAT(
      std::get<std::string>(mail),
      AllOf(StartsWith("DKIM-Signature: v=1; a=rsa-sha256;"), EndsWith(std::string("\r\n") + kMail),
            HasSubstr("d=kkr.example"), HasSubstr("s=kkr2026"), HasSubstr("From:To:Subject:From")));
}

TEST(DkimSigner, RefusesAKeyItCannotSignWith) {
  EXPECT_THAT(reason_for("not a key"), StartsWith("The DKIM key is not"));
  EXPECT_THAT(reason_for(new_rsa_key(512)), StartsWith("The DKIM key is not"));
  EXPECT_THAT(reason_for(new_ed25519_key()), StartsWith("The DKIM key is not"));
  EXPECT_EQ(reason_for(new_rsa_key(1024)), "");
}

}  // namespace
}  // namespace kkr::platform
