// What becomes of one send on its way: the rules between the desk that writes it, the pace of its
// domain, and the channel's word. Touches no table.
#pragma once

#include <string>
#include <variant>

#include "services/notification/sending/carrier.h"
#include "services/notification/sending/letter_desk.h"
#include "services/notification/sending/pacing.h"
#include "services/notification/sending/send_table.h"
#include "services/notification/sending/sender.h"

namespace kkr::notification {

// A send that can be handed over.
struct Prepared {
  std::string id;
  std::string message_id;
  Letter letter;
  std::string gap;
  int attempt = 1;  // The number of the attempt that comes.
};

// Has the letter written and asks whether it may go now; else what becomes of the send.
std::variant<Prepared, Outcome> prepare(const Send& send, LetterDesk& desk, Carrier& carrier,
                                        DomainPace& pace, const SenderOptions& options,
                                        absl::Time site_now);

// Its letter went to somebody who has been erased meanwhile.
Outcome looked_up_anew(const std::string& id, absl::Time site_now);

// What the channel's word means for the send.
Outcome outcome_of(const platform::MailOutcome& handed, const Prepared& prepared,
                   const SenderOptions& options, absl::Time site_now);

}  // namespace kkr::notification
