// The port through which a finished letter leaves: by mail, or to a case system.
#pragma once

#include <string>

#include "services/notification/sending/send.h"
#include "services/platform/mail/mail_channel.h"

namespace kkr::notification {

class Carrier {
 public:
  virtual ~Carrier() = default;

  // Blocks until the outcome is known. Several threads may call at once. Safe to repeat: the
  // receiver tells a repeat by the Message-ID.
  virtual platform::MailOutcome hand_over(const std::string& message_id, const Letter& letter) = 0;
  // What the letter is paced by: the receiving domain; empty for no pace.
  virtual std::string domain_of(const Letter& letter) = 0;
  // Takes back what is still kept here of the message; false when something is left.
  virtual bool forget(const std::string& message_id) = 0;
};

}  // namespace kkr::notification
