// Mails as files in a maildir, for sites without a mail server and for the demo: any mail program
// reads them. A message stands there once however often it is sent.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "services/platform/mail/mail_channel.h"

namespace kkr::platform {

class MaildirChannel : public MailChannel {
 public:
  // The folder is made with the first mail: `tmp`, `new` and `cur` within.
  explicit MaildirChannel(std::filesystem::path folder);

  // Written to `tmp`, flushed, then renamed into `new`: a reader sees whole mails only. A mail that
  // a reader has moved to `cur` meanwhile stays there and is not put into `new` again.
  MailOutcome send(const Envelope& envelope, std::string_view message) override;
  bool forget(const std::string& message_id) override;
  std::string_view name() const override { return "maildir"; }

 private:
  const std::filesystem::path folder_;
};

}  // namespace kkr::platform
