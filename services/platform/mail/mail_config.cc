#include "services/platform/mail/mail_config.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "services/platform/mail/mail_address.h"
#include "services/platform/mail/maildir_channel.h"

namespace kkr::platform {
namespace {

constexpr char kExampleSender[] = "KKR <kkr@kkr.example>";

std::optional<SmtpTls> tls_named(std::string_view name) {
  if (name == "required") return SmtpTls::kRequired;
  if (name == "offered") return SmtpTls::kOffered;
  if (name == "none") return SmtpTls::kNone;
  return std::nullopt;
}

// nullopt when the file cannot be read.
std::optional<std::string> content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find_first_of("\r\n"));
}

void check_server(const MailConfig& config, Problems& problems) {
  const bool smtp = config.smtp_url.starts_with("smtp://") && config.smtp_url.size() > 7;
  const bool smtps = config.smtp_url.starts_with("smtps://") && config.smtp_url.size() > 8;
  if (!smtp && !smtps) {
    problems.push_back("'" + config.smtp_url +
                       "' is not a mail server such as smtp://mail.example.dk:587 (--smtp-url).");
  }
  if (config.mail_from.empty()) {
    problems.push_back("Mails to a server need a sender (--mail-from).");
  }
  if (!config.smtp_ca_file.empty() && !content_of(config.smtp_ca_file)) {
    problems.push_back("'" + config.smtp_ca_file + "' cannot be read (--smtp-ca-file).");
  }
  if (config.smtp_user.empty() != config.smtp_password_file.empty()) {
    problems.push_back(
        "A login needs both a user and a password (--smtp-user, "
        "--smtp-password-file).");
  }
  if (!config.smtp_password_file.empty() && !content_of(config.smtp_password_file)) {
    problems.push_back("'" + config.smtp_password_file +
                       "' cannot be read (--smtp-password-file).");
  }
}

}  // namespace

void MailConfig::declare(Settings& settings) {
  settings.add("mail-from", mail_from, "The sender of mails, such as 'KKR <kkr@kkr.example>'");
  settings.add("smtp-url", smtp_url,
               "The server that mails are sent to, smtp://host:port or smtps://host:port; without "
               "one they go into the maildir DATA/mail");
  settings.add("smtp-tls", smtp_tls, "Whether smtp:// is encrypted: required, offered or none");
  settings.add("smtp-ca-file", smtp_ca_file,
               "The certificates to trust of a mail server; those of the system unless given");
  settings.add("smtp-user", smtp_user, "The login at the mail server; none unless given");
  settings.add("smtp-password-file", smtp_password_file,
               "The file whose first line is the password");
  settings.add("smtp-timeout-seconds", smtp_timeout_seconds,
               "How long one mail may take, 5 to 600");
  settings.add(
      "smtp-retry-seconds", smtp_retry_seconds,
      "How long after a first failure a mail is tried again, 1 to 3600; each wait is twice "
      "the one before");
  settings.add(
      "dkim-key", dkim_key_file,
      "The file with the private RSA key (PEM) that mails are signed with; unsigned without");
  settings.add("dkim-selector", dkim_selector,
               "Under which name of the sender's domain the public key stands");
  settings.add("public-url", public_url,
               "Where recipients reach this site; where it listens unless given");
}

void MailConfig::check(Problems& problems) const {
  if (!mail_from.empty() && !parse_mailbox(mail_from)) {
    problems.push_back("'" + mail_from +
                       "' is not a sender such as 'KKR <kkr@kkr.example>' (--mail-from).");
  }
  if (!smtp_url.empty()) check_server(*this, problems);
  if (!tls_named(smtp_tls)) {
    problems.push_back("The encryption is '" + smtp_tls +
                       "'; it may be required, offered or none (--smtp-tls).");
  }
  if (smtp_timeout_seconds < 5 || smtp_timeout_seconds > 600) {
    problems.push_back("A mail may take " + std::to_string(smtp_timeout_seconds) +
                       " s; it may be 5 to 600 (--smtp-timeout-seconds).");
  }
  if (smtp_retry_seconds < 1 || smtp_retry_seconds > 3600) {
    problems.push_back("A mail would be tried again after " + std::to_string(smtp_retry_seconds) +
                       " s; it may be 1 to 3600 (--smtp-retry-seconds).");
  }
  if (!is_host_name(dkim_selector)) {
    problems.push_back("'" + dkim_selector + "' is not a name of the DNS (--dkim-selector).");
  }
  const auto signer = make_dkim_signer(*this);
  if (const auto* fault = std::get_if<MailFault>(&signer)) {
    problems.push_back(fault->reason + " (--dkim-key)");
  }
  const bool web = public_url.starts_with("https://") || public_url.starts_with("http://");
  const bool plain = public_url.find_first_of(" \"<>") == std::string::npos;
  if (!public_url.empty() && (!web || !plain || public_url.ends_with('/'))) {
    problems.push_back("'" + public_url +
                       "' is not a web address such as https://kkr.example (--public-url).");
  }
}

Mailbox MailConfig::sender() const {
  return parse_mailbox(mail_from.empty() ? kExampleSender : mail_from).value_or(Mailbox{});
}

SmtpServer MailConfig::server() const {
  SmtpServer server;
  server.url = smtp_url;
  server.tls = tls_named(smtp_tls).value_or(SmtpTls::kRequired);
  server.ca_file = smtp_ca_file;
  server.user = smtp_user;
  if (!smtp_password_file.empty()) {
    server.password = first_line(content_of(smtp_password_file).value_or(""));
  }
  server.send_max = std::chrono::seconds(smtp_timeout_seconds);
  return server;
}

std::unique_ptr<MailChannel> make_mail_channel(const MailConfig& config,
                                               const std::filesystem::path& maildir) {
  if (config.smtp_url.empty()) return std::make_unique<MaildirChannel>(maildir);
  return std::make_unique<SmtpChannel>(config.server());
}

std::variant<std::unique_ptr<DkimSigner>, MailFault> make_dkim_signer(const MailConfig& config) {
  if (config.dkim_key_file.empty()) return std::unique_ptr<DkimSigner>();
  auto key = content_of(config.dkim_key_file);
  if (!key) return MailFault{"'" + config.dkim_key_file + "' cannot be read."};
  return DkimSigner::create(
      {domain_of(config.sender().address), config.dkim_selector, *std::move(key)});
}

}  // namespace kkr::platform
