#include "tests/contract/mail_channel_contract.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "services/platform/mail/maildir_channel.h"
#include "services/platform/mail/smtp_channel.h"
#include "tests/contract/smtp_sink.h"
#include "tests/contract/temporary_folder.h"

namespace kkr::platform {
namespace {

class MaildirPost : public MailPost {
 public:
  MailChannel& channel() override { return channel_; }
  std::vector<std::string> arrived() const override {
    std::vector<std::string> mails;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(path() / "new", missing)) {
      std::ifstream file(entry.path(), std::ios::binary);
      std::string mail;
      for (std::string line; std::getline(file, line);) mail += line + "\r\n";
      mails.push_back(std::move(mail));
    }
    return mails;
  }
  void break_down() override { std::ofstream(path()) << "a file where the folder should be"; }

 private:
  std::filesystem::path path() const { return folder_.path("mail"); }

  const TemporaryFolder folder_;
  MaildirChannel channel_{path()};
};

class SmtpPost : public MailPost {
 public:
  MailChannel& channel() override { return channel_; }
  std::vector<std::string> arrived() const override {
    std::vector<std::string> mails;
    for (SmtpSink::Mail& mail : sink_->mails()) mails.push_back(std::move(mail.bytes));
    return mails;
  }
  void break_down() override { sink_.reset(); }

 private:
  std::unique_ptr<SmtpSink> sink_ = std::make_unique<SmtpSink>();
  SmtpChannel channel_{SmtpServer{.url = sink_->url(), .tls = SmtpTls::kNone}};
};

std::unique_ptr<MailPost> maildir_post() { return std::make_unique<MaildirPost>(); }
std::unique_ptr<MailPost> smtp_post() { return std::make_unique<SmtpPost>(); }

INSTANTIATE_TEST_SUITE_P(Maildir, MailChannelContract, testing::Values(maildir_post));
INSTANTIATE_TEST_SUITE_P(Smtp, MailChannelContract, testing::Values(smtp_post));

}  // namespace
}  // namespace kkr::platform
