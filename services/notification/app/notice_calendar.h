// The calendar part of a mail: puts the deadline that the mail speaks of into the reader's
// calendar, moves it there, or takes it out.
#pragma once

#include <optional>
#include <string>

#include "kkr/notification/v1/notice_events.pb.h"
#include "services/notification/app/deadline_calendar.h"
#include "services/notification/domain/state.h"
#include "services/platform/mail/message.h"

namespace kkr::notification {

// What goes with a notice to a municipality: for invitations, reminders and extensions the deadline
// as it stands in `state`, for a round called off its removal, for other notices nothing; nothing
// either when the municipality was not asked.
std::optional<platform::CalendarPart> calendar_part_of(
    const Notification& state, const v1::NoticeDue& notice, const std::string& municipality,
    v1::Language language, const CalendarOrigin& origin, const platform::CalendarParty& attendee);

}  // namespace kkr::notification
