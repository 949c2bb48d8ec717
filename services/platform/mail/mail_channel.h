// The way a mail leaves the house. Hands over bytes as they are, once for each call; whether and
// when to try again is for the caller to say.
#pragma once

#include <string>
#include <string_view>

namespace kkr::platform {

struct Envelope {
  std::string from;        // The address that bounces go to.
  std::string to;          // One recipient: each outcome is that of one.
  std::string message_id;  // As in the message, without angle brackets.
};

// What became of one attempt.
struct MailOutcome {
  enum class Kind {
    kDelivered,  // Taken over by the other side, which answers for it from now on.
    kTryAgain,   // Not taken, for now: a 4xx, no connection, or settings of ours that are wrong.
    kRefused,    // Not taken, ever: a 5xx about this sender, recipient or message.
    kUnknown,    // The message was given and no answer came. It may have arrived.
  };
  Kind kind = Kind::kTryAgain;
  int code = 0;  // The SMTP reply's code; 0 when there was none.
  std::string
      text;  // What the other side said, or what went wrong; one line. May name the address.
};

class MailChannel {
 public:
  virtual ~MailChannel() = default;

  // Blocks until the outcome is known. May be called by several threads at once. Safe to repeat
  // with the same bytes: a reader tells a repeat by its Message-ID.
  virtual MailOutcome send(const Envelope& envelope, std::string_view message) = 0;

  // Takes back what the channel itself still holds of a message, and nothing else. True unless
  // something is left that could not be removed.
  virtual bool forget(const std::string& message_id) = 0;

  // `maildir` or `smtp`, as a send's record names it.
  virtual std::string_view name() const = 0;
};

}  // namespace kkr::platform
