// A letter as somebody means it, before it is a mail. Holds the words; knows neither MIME nor SMTP.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace kkr::platform {

struct Mailbox {
  std::string name;     // May be empty, and may hold whatever people are called.
  std::string address;  // `local@domain`; see is_mail_address().
};

struct CalendarPart {
  std::string method;  // REQUEST, CANCEL or PUBLISH.
  std::string text;    // VCALENDAR, lines end in CRLF.
};

struct Attachment {
  std::string file_name;
  std::string media_type;  // Such as `application/pdf`.
  std::string bytes;
};

struct Message {
  std::string message_id;  // `digest@domain`, without angle brackets.
  absl::Time date;
  Mailbox from;
  Mailbox to;
  std::string subject;   // One line: line breaks and other control characters become a space.
  std::string text;      // Lines end in LF.
  std::string html;      // Empty: the mail has plain text only.
  std::string language;  // `da` or `en`.
  std::optional<CalendarPart> calendar;
  std::vector<Attachment> attachments;
};

}  // namespace kkr::platform
