#include "services/notification/app/deadline_calendar.h"

#include <algorithm>
#include <vector>

#include "services/notification/domain/plan.h"
#include "services/notification/domain/state.h"
#include "services/platform/time/danish_date.h"

namespace kkr::notification {
namespace {

constexpr int kPastDaysMax = 400;

std::string summary_of(const FollowedRound& round, v1::Language language) {
  return (language == v1::LANGUAGE_ENGLISH ? "Answer due: " : "Frist for høringssvar: ") +
         round.title;
}

std::string description_of(const FollowedRound& round, const AskedMunicipality& asked,
                           v1::Language language) {
  const std::string date = platform::format_date(asked.deadline);
  if (language == v1::LANGUAGE_ENGLISH) {
    return "The answer to \"" + round.title + "\" is due by the end of " + date + "." +
           (asked.deadline_version > 0 ? "\nThe deadline was moved for this municipality." : "");
  }
  return "Høringssvaret til »" + round.title + "« skal være modtaget senest " +
         platform::danish_date(date) + "." +
         (asked.deadline_version > 0 ? "\nFristen er flyttet for kommunen." : "");
}

bool is_called_off(const FollowedRound& round) {
  return round.phase == v1::RoundPhaseFollowed::PHASE_CANCELLED;
}

bool concerns(const std::string& office, const FollowedRound& round, const Settings& settings) {
  if (office.empty()) return true;
  const auto invited = settings.offices_for(v1::OCCASION_INVITATION);
  return std::find(invited.begin(), invited.end(), office) != invited.end() ||
         days_by_office(round, settings).contains(office);
}

v1::Language language_of(const v1::Feed& feed, const Settings& settings) {
  return feed.language() == v1::LANGUAGE_UNSPECIFIED ? settings.language() : feed.language();
}

std::string title_of(const v1::Feed& feed, v1::Language language) {
  const std::string whose =
      feed.municipality() + (feed.office().empty() ? "" : ", " + feed.office());
  return language == v1::LANGUAGE_ENGLISH ? "KKR deadlines (municipality " + whose + ")"
                                          : "KKR-frister (kommune " + whose + ")";
}

}  // namespace

platform::CalendarEntry deadline_entry(const FollowedRound& round, const MunicipalityCode& code,
                                       const AskedMunicipality& asked, v1::Language language,
                                       const CalendarOrigin& origin) {
  platform::CalendarEntry entry;
  const auto name = parse_round_name(round.name);
  if (name) entry.uid = name->region + "-" + name->id.text + "-" + code.text + "@kkr";
  entry.sequence = asked.deadline_version + (is_called_off(round) ? 1 : 0);
  entry.starts_at = platform::start_of(asked.deadline);
  entry.ends_at = platform::end_of(asked.deadline);
  entry.changed_at = std::max(asked.deadline_since, round.phase_since);
  entry.summary = summary_of(round, language);
  entry.description = description_of(round, asked, language);
  if (!origin.public_url.empty()) entry.url = origin.public_url + "/v1/" + round.name;
  return entry;
}

platform::CalendarMethod method_of(const FollowedRound& round) {
  return is_called_off(round) ? platform::CalendarMethod::kCancel
                              : platform::CalendarMethod::kRequest;
}

std::string calendar_of(const Notification& state, const v1::Feed& feed, LocalDate today,
                        const CalendarOrigin& origin) {
  const MunicipalityCode code{feed.municipality()};
  const v1::Language language = language_of(feed, state.settings);
  std::vector<platform::CalendarEntry> entries;
  state.rounds.for_each([&](const RoundId&, const FollowedRound& round) {
    const auto asked = round.municipalities.find(code);
    if (asked == nullptr || is_called_off(round)) return;
    if (today - asked->deadline > kPastDaysMax) return;
    if (!concerns(feed.office(), round, state.settings)) return;
    entries.push_back(deadline_entry(round, code, *asked, language, origin));
  });
  return platform::calendar_feed(title_of(feed, language), origin.organizer, entries);
}

}  // namespace kkr::notification
