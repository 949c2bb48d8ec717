// A message as the bytes of RFC 5322 and MIME. Nothing that a name, a subject or a body holds can
// begin another header field or another part.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "services/platform/mail/message.h"

namespace kkr::platform {

// Why there can be no such mail. `reason` is a sentence.
struct MailFault {
  std::string reason;
};

// The mail, lines ending in CRLF: the same bytes for the same message. A fault when an address is
// not one (is_mail_address), the Message-ID has other characters than an address, or a text is not
// UTF-8.
//
//   multipart/mixed            only with attachments
//     multipart/alternative    only with HTML or a calendar part
//       text/plain, text/html, text/calendar
//     the attachments
std::variant<std::string, MailFault> compose(const Message& message);

// What a header field shows of a text: line breaks and other control characters are spaces, several
// spaces are one, and none stand at the ends.
std::string one_line(std::string_view text);

}  // namespace kkr::platform
