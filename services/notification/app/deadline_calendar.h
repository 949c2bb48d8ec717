// The deadlines of rounds as calendar entries. What a feed shows and what a mail brings is the same
// entry, so that whoever has both has it once.
#pragma once

#include <string>

#include "services/notification/domain/feed.h"
#include "services/notification/domain/followed_round.h"
#include "services/platform/calendar/calendar.h"

namespace kkr::notification {

// Where the calendars of this site come from.
struct CalendarOrigin {
  platform::CalendarParty organizer;
  std::string public_url;  // Of the site, without a slash at its end; empty: entries have no link.
};

// A municipality's deadline as it stands; called off when its round was cancelled, see method_of().
platform::CalendarEntry deadline_entry(const FollowedRound& round, const MunicipalityCode& code,
                                       const AskedMunicipality& asked, v1::Language language,
                                       const CalendarOrigin& origin);
// What a mail about the round asks a calendar to do.
platform::CalendarMethod method_of(const FollowedRound& round);

// The calendar of the feed: every deadline of its municipality, and its office, that is not called
// off and at most 400 days past on `today`.
std::string calendar_of(const Notification& state, const v1::Feed& feed, LocalDate today,
                        const CalendarOrigin& origin);

}  // namespace kkr::notification
