// One connection to a mail server (libcurl), open from its first mail to its end. For one thread at
// a time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/platform/mail/smtp_channel.h"

namespace kkr::platform {

class SmtpChannel::Session {
 public:
  explicit Session(const SmtpServer& server);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  MailOutcome send(const Envelope& envelope, std::string_view message);
  // Whether the last send found its connection, kept from before, closed: nothing was said by the
  // server and nothing was given to it.
  bool found_it_closed() const;

 private:
  struct Dialogue;
  void set_up(const Envelope& envelope);

  const SmtpServer& server_;
  void* const curl_;
  const std::unique_ptr<Dialogue> dialogue_;
};

}  // namespace kkr::platform
