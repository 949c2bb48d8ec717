// The port that turns a send into a letter at the moment of sending: whether it still holds, whom
// it goes to now, what it says. Keeps nothing.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "services/notification/sending/send.h"

namespace kkr::notification {

// To be handed over as it is. `gap` may say why it does not go where it should.
struct Ready {
  Letter letter;
  std::string message_id;
  std::string gap;
};

// Not now, or never.
struct NotSent {
  SendState state = SendState::kDeferred;  // Deferred, failed or dropped.
  std::string reason;
  std::string detail;
  std::string gap;
  std::optional<absl::Time> held_until;  // By the site's clock; only when deferred.
};

class LetterDesk {
 public:
  virtual ~LetterDesk() = default;

  // Asks whoever knows, uncached; no reply means deferred. A letter that was written before to the
  // same address is repeated byte by byte. Blocks; several threads may call at once.
  virtual std::variant<Ready, NotSent> prepare(const Send& send, absl::Time site_now) = 0;
};

}  // namespace kkr::notification
