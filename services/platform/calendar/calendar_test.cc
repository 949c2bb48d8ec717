#include "services/platform/calendar/calendar.h"

#include <gtest/gtest.h>
#include <libical/ical.h>

#include <memory>
#include <string>
#include <vector>

#include "services/platform/time/local_date.h"

namespace kkr::platform {
namespace {

struct Free {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, Free>;

const CalendarParty kSecretariat{"KKR Hovedstaden", "kkr@hovedstaden.example"};
const CalendarParty kOffice{"Sundhedsdirektøren", "sundhed@albertslund.example"};

CalendarEntry deadline_on(LocalDate date) {
  return {.uid = "round-1-165@kkr.example",
          .sequence = 0,
          .starts_at = start_of(date),
          .ends_at = end_of(date),
          .changed_at = absl::FromUnixSeconds(1360152000),
          .summary = "Frist: høringssvar",
          .description = "Svar på rammepapiret",
          .location = "Nordstjerne Allé 5",
          .url = "http://127.0.0.1:8080/"};
}

Component read(const std::string& text) { return Component(icalparser_parse_string(text.c_str())); }

// What libical, as a reader, has against the calendar; empty when nothing.
std::string objections(const std::string& text) {
  const Component calendar = read(text);
  if (calendar == nullptr) return "It cannot be read.";
  icalrestriction_check(calendar.get());
  std::string found;
  const auto collect = [&found](icalcomponent* component) {
    for (auto* each = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); each;
         each = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
      found += std::string(icalproperty_get_xlicerror(each)) + "\n";
  };
  collect(calendar.get());
  for (auto* each = icalcomponent_get_first_component(calendar.get(), ICAL_ANY_COMPONENT); each;
       each = icalcomponent_get_next_component(calendar.get(), ICAL_ANY_COMPONENT))
    collect(each);
  return found;
}

icalcomponent* event_in(const Component& calendar) {
  return icalcomponent_get_first_component(calendar.get(), ICAL_VEVENT_COMPONENT);
}

// The instant as a reader that knows no zone but those the calendar brings.
absl::Time instant_in(icalcomponent* event, icalproperty_kind kind) {
  icalproperty* property = icalcomponent_get_first_property(event, kind);
  const icaltimetype time =
      icalproperty_get_datetime_with_component(property, icalcomponent_get_parent(event));
  return absl::FromTimeT(
      icaltime_as_timet_with_zone(time, const_cast<icaltimezone*>(icaltime_get_timezone(time))));
}

void expect_to_tell_the_instants_of(const std::vector<CalendarEntry>& entries) {
  const Component calendar = read(calendar_feed("", kSecretariat, entries));
  icalcomponent* event = event_in(calendar);
  for (const CalendarEntry& entry : entries) {
    ASSERT_NE(event, nullptr);
    ASSERT_EQ(instant_in(event, ICAL_DTSTART_PROPERTY), entry.starts_at);
    ASSERT_EQ(instant_in(event, ICAL_DTEND_PROPERTY), entry.ends_at);
    event = icalcomponent_get_next_component(calendar.get(), ICAL_VEVENT_COMPONENT);
  }
}

TEST(Calendar, PassesTheRestrictionsOfEachMethod) {
  const CalendarEntry entry = deadline_on(LocalDate{2013, 3, 19});
  EXPECT_EQ(objections(calendar_part(CalendarMethod::kRequest, entry, kSecretariat, kOffice)), "");
  EXPECT_EQ(objections(calendar_part(CalendarMethod::kCancel, entry, kSecretariat, kOffice)), "");
  EXPECT_EQ(objections(calendar_feed("Frister", kSecretariat, {entry})), "");
  EXPECT_EQ(objections(calendar_feed("Frister", kSecretariat, {})), "");
}

TEST(Calendar, IsObjectedToByTheSameReaderWithoutItsAttendee) {
  std::string text = calendar_part(CalendarMethod::kRequest, deadline_on(LocalDate{2013, 3, 19}),
                                   kSecretariat, kOffice);
  const std::size_t attendee = text.find("ATTENDEE");
  ASSERT_NE(attendee, text.npos);
  text.replace(attendee, 8, "X-NOBODY");
  EXPECT_NE(objections(text), "");
}

TEST(Calendar, TellsTheInstantsOnEveryDayOfTwentyFiveYears) {
  for (int year = 2007; year < 2032; ++year) {
    std::vector<CalendarEntry> entries;
    for (LocalDate date(year); date.year() == year; ++date) entries.push_back(deadline_on(date));
    expect_to_tell_the_instants_of(entries);
  }
}

TEST(Calendar, TellsTheInstantsAroundBothChangesOfSummerTime) {
  for (const LocalDate change : {LocalDate{2013, 3, 31}, LocalDate{2013, 10, 27}}) {
    std::vector<CalendarEntry> entries;
    for (absl::Time at = start_of(change); at < end_of(change); at += absl::Minutes(15)) {
      entries.push_back(deadline_on(change));
      entries.back().starts_at = at;
      entries.back().ends_at = at + absl::Minutes(15);
    }
    expect_to_tell_the_instants_of(entries);
  }
}

TEST(Calendar, SaysWhichVersionOfWhichEntryItIs) {
  CalendarEntry entry = deadline_on(LocalDate{2013, 3, 19});
  entry.sequence = 3;
  const Component calendar =
      read(calendar_part(CalendarMethod::kCancel, entry, kSecretariat, kOffice));
  EXPECT_STREQ(icalcomponent_get_uid(event_in(calendar)), "round-1-165@kkr.example");
  EXPECT_EQ(icalcomponent_get_sequence(event_in(calendar)), 3);
  EXPECT_EQ(icalcomponent_get_status(event_in(calendar)), ICAL_STATUS_CANCELLED);
  EXPECT_EQ(icalcomponent_get_method(calendar.get()), ICAL_METHOD_CANCEL);
  EXPECT_STREQ(name_of(CalendarMethod::kCancel), "CANCEL");
}

TEST(Calendar, TakesNoLineFromWhatSomebodyWrote) {
  const std::string wicked = "a,b;c:\"d\" \\ \r\nATTENDEE:mailto:x@evil.example\x01 æøå 😀";
  CalendarEntry entry = deadline_on(LocalDate{2013, 3, 19});
  entry.summary = entry.location = entry.description = wicked;
  const std::string text =
      calendar_part(CalendarMethod::kRequest, entry, {wicked, "a@b.example\r\nX:y"},
                    {wicked + std::string(300, 'x'), "c@d.example"});
  EXPECT_EQ(objections(text), "");
  const Component calendar = read(text);
  EXPECT_EQ(icalcomponent_count_properties(event_in(calendar), ICAL_ATTENDEE_PROPERTY), 1);
  EXPECT_EQ(icalcomponent_count_properties(event_in(calendar), ICAL_X_PROPERTY), 0);
  EXPECT_STREQ(icalcomponent_get_summary(event_in(calendar)),
               "a,b;c:\"d\" \\   ATTENDEE:mailto:x@evil.example  æøå 😀");
  EXPECT_STREQ(icalcomponent_get_description(event_in(calendar)),
               "a,b;c:\"d\" \\ \nATTENDEE:mailto:x@evil.example  æøå 😀");
}

TEST(Calendar, EndsItsLinesAsTheStandardWantsAndFoldsThem) {
  CalendarEntry entry = deadline_on(LocalDate{2013, 3, 19});
  for (int i = 0; i < 50; ++i) entry.summary += "æøå";
  const std::string text = calendar_feed("Frister", kSecretariat, {entry});
  std::size_t begin = 0;
  for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', begin)) {
    ASSERT_GT(end, 0U);
    EXPECT_EQ(text[end - 1], '\r');
    EXPECT_LE(end - begin, 76U);  // 75 octets and the CR.
    begin = end + 1;
  }
  EXPECT_EQ(begin, text.size());
}

TEST(Calendar, IsTheSameForTheSameEntries) {
  const CalendarEntry entry = deadline_on(LocalDate{2013, 3, 19});
  EXPECT_EQ(calendar_feed("Frister", kSecretariat, {entry}),
            calendar_feed("Frister", kSecretariat, {entry}));
}

}  // namespace
}  // namespace kkr::platform
