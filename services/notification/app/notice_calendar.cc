#include "services/notification/app/notice_calendar.h"

namespace kkr::notification {
namespace {

bool speaks_of_a_deadline(v1::Occasion occasion) {
  return occasion == v1::OCCASION_INVITATION || occasion == v1::OCCASION_REMINDER ||
         occasion == v1::OCCASION_EXTENSION_GRANTED || occasion == v1::OCCASION_ROUND_CANCELLED;
}

}  // namespace

std::optional<platform::CalendarPart> calendar_part_of(
    const Notification& state, const v1::NoticeDue& notice, const std::string& municipality,
    v1::Language language, const CalendarOrigin& origin, const platform::CalendarParty& attendee) {
  if (!speaks_of_a_deadline(notice.occasion())) return std::nullopt;
  const auto round = find_round(state, notice.round());
  if (round == nullptr) return std::nullopt;
  const MunicipalityCode code{municipality};
  const auto asked = round->municipalities.find(code);
  if (asked == nullptr) return std::nullopt;
  const platform::CalendarMethod method = method_of(*round);
  return platform::CalendarPart{
      platform::name_of(method),
      platform::calendar_part(method, deadline_entry(*round, code, *asked, language, origin),
                              origin.organizer, attendee)};
}

}  // namespace kkr::notification
