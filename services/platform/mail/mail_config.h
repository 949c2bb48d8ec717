// How this site sends mail: to a server or into a maildir, from whom, and signed with what.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "services/platform/mail/dkim_signer.h"
#include "services/platform/mail/mail_channel.h"
#include "services/platform/mail/message.h"
#include "services/platform/mail/smtp_channel.h"
#include "services/platform/process/settings.h"

namespace kkr::platform {

struct MailConfig {
  std::string mail_from;  // `Name <address>`; a maildir needs none.
  std::string smtp_url;   // Empty: mails go into the maildir.
  std::string smtp_tls = "required";
  std::string smtp_ca_file;
  std::string smtp_user;
  std::string smtp_password_file;  // A file, so that no list of processes shows the password.
  int smtp_timeout_seconds = 60;
  int smtp_retry_seconds = 60;  // Before the second attempt; each wait is twice the one before.
  std::string dkim_key_file;    // Empty: mails are not signed.
  std::string dkim_selector = "kkr";
  std::string public_url;  // Where recipients reach the site; empty: where the site listens.

  void declare(Settings& settings);
  // Appends what is wrong; reads the files that are named.
  void check(Problems& problems) const;

  // Only after check() found nothing.
  Mailbox sender() const;
  SmtpServer server() const;
};

// The channel that the settings ask for. `maildir` is where mails go without a server.
std::unique_ptr<MailChannel> make_mail_channel(const MailConfig& config,
                                               const std::filesystem::path& maildir);

// Null without a key.
std::variant<std::unique_ptr<DkimSigner>, MailFault> make_dkim_signer(const MailConfig& config);

}  // namespace kkr::platform
