// Hands mails to a server over SMTP (libcurl). Connections stay open and are used again; none is
// shared by two mails at once.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "services/platform/mail/mail_channel.h"

namespace kkr::platform {

enum class SmtpTls {
  kNone,      // Never: for a server on this machine.
  kOffered,   // When the server offers STARTTLS; someone in between can prevent it.
  kRequired,  // STARTTLS or no mail. A URL with smtps:// is encrypted from the first byte anyway.
};

struct SmtpServer {
  std::string url;  // `smtp://host[:port]` or `smtps://host[:port]`.
  SmtpTls tls = SmtpTls::kRequired;
  std::string ca_file{};  // Certificates to trust; empty: those of the system.
  std::string user{};     // Empty: without a login.
  std::string password{};
  std::chrono::seconds connect_max{10};
  std::chrono::seconds send_max{60};
};

class SmtpChannel : public MailChannel {
 public:
  explicit SmtpChannel(SmtpServer server);
  ~SmtpChannel() override;

  // A 5xx to the connection, its encryption or the login is about our settings and comes back as
  // kTryAgain: no recipient can be mended for it. A connection kept from before that turns out to
  // be closed is replaced once.
  MailOutcome send(const Envelope& envelope, std::string_view message) override;
  // Nothing is held here: always true.
  bool forget(const std::string& message_id) override;
  std::string_view name() const override { return "smtp"; }

 private:
  class Session;
  // An idle session, or a new one.
  std::unique_ptr<Session> take_session();

  const SmtpServer server_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Session>> idle_;
};

}  // namespace kkr::platform
