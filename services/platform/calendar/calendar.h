// Entries as calendars and mail programs read them: RFC 5545, and 5546 for what is sent to
// somebody, written by libical. Times are local to Copenhagen, with the rules of summer time beside
// them. Refuses nothing: control characters in what somebody wrote become spaces, so that no text
// can end its line.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"

namespace kkr::platform {

// Whoever has an entry with the same uid and a lower sequence has this one instead.
struct CalendarEntry {
  std::string uid;   // The same for as long as the entry lives, wherever it is shown.
  int sequence = 0;  // Higher each time the entry moves or is called off.
  absl::Time starts_at;
  absl::Time ends_at;     // Exclusive, and after starts_at.
  absl::Time changed_at;  // When the entry became what it is; not when it was written out.
  std::string summary;
  std::string description;  // May have several lines. Empty: none; so for the two below.
  std::string location;
  std::string url;
};

// Somebody with a mail address.
struct CalendarParty {
  std::string name;  // Empty: none is shown.
  std::string address;
};

// What a part of a mail asks the calendar to do: the `method` of its content type.
enum class CalendarMethod { kRequest, kCancel };

// `REQUEST` or `CANCEL`.
const char* name_of(CalendarMethod method);

// The part of a mail that puts the entry into the attendee's calendar, moves it there, or takes it
// out. Lines end in CRLF; all text is UTF-8.
std::string calendar_part(CalendarMethod method, const CalendarEntry& entry,
                          const CalendarParty& organizer, const CalendarParty& attendee);

// A calendar to subscribe to: what is not among the entries any more is gone from it. The same
// bytes for the same arguments.
std::string calendar_feed(const std::string& name, const CalendarParty& organizer,
                          const std::vector<CalendarEntry>& entries);

}  // namespace kkr::platform
