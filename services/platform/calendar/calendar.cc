#include "services/platform/calendar/calendar.h"

#include <libical/ical.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "services/platform/time/local_date.h"

namespace kkr::platform {
namespace {

constexpr char kProduct[] = "-//KKR//Kalender//DA";
constexpr char kZone[] = "Europe/Copenhagen";
// How often those who subscribe may look again.
constexpr int kRefreshMinutes = 60;

// Written out rather than taken from the system's rules, which libical renders from 1890 on, in
// dozens of parts that mail programs stumble over. A test holds it against the system's rules.
constexpr char kZoneRules[] =
    "BEGIN:VTIMEZONE\r\n"
    "TZID:Europe/Copenhagen\r\n"
    "BEGIN:DAYLIGHT\r\n"
    "TZNAME:CEST\r\n"
    "TZOFFSETFROM:+0100\r\n"
    "TZOFFSETTO:+0200\r\n"
    "DTSTART:19960331T020000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
    "END:DAYLIGHT\r\n"
    "BEGIN:STANDARD\r\n"
    "TZNAME:CET\r\n"
    "TZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\n"
    "DTSTART:19961027T030000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "END:STANDARD\r\n"
    "END:VTIMEZONE\r\n";

struct FreeComponent {
  void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

// One line: for names, and for what stands in a parameter.
std::string on_one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char each) { return static_cast<unsigned char>(each) < ' ' || each == '\x7f'; }, ' ');
  return text;
}

std::string on_lines(const std::string& text) {
  std::string clean;
  for (const char each : text) {
    if (each == '\n') {
      clean += each;
    } else if (each != '\r') {
      clean += static_cast<unsigned char>(each) < ' ' || each == '\x7f' ? ' ' : each;
    }
  }
  return clean;
}

icaltimetype in_utc(absl::Time instant) {
  return icaltime_from_timet_with_zone(absl::ToTimeT(instant), 0, icaltimezone_get_utc_timezone());
}

// A local time that occurs twice means the first to some readers and the second to others, libical
// among these: such an instant stands in UTC.
icalproperty* timed(icalproperty* property, absl::Time instant) {
  const absl::CivilSecond local = absl::ToCivilSecond(instant, copenhagen());
  if (copenhagen().At(local).kind == absl::TimeZone::TimeInfo::REPEATED) {
    icalproperty_set_value(property, icalvalue_new_datetime(in_utc(instant)));
    return property;
  }
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(local.year());
  time.month = local.month();
  time.day = local.day();
  time.hour = local.hour();
  time.minute = local.minute();
  time.second = local.second();
  icalproperty_set_value(property, icalvalue_new_datetime(time));
  icalproperty_add_parameter(property, icalparameter_new_tzid(kZone));
  return property;
}

icalproperty* named(icalproperty* property, const CalendarParty& party) {
  if (!party.name.empty()) {
    const std::string name = on_one_line(party.name);
    icalproperty_add_parameter(property, icalparameter_new_cn(name.c_str()));
  }
  return property;
}

std::string mail_uri(const CalendarParty& party) { return "mailto:" + on_one_line(party.address); }

icalproperty* organized_by(const CalendarParty& organizer) {
  return named(icalproperty_new_organizer(mail_uri(organizer).c_str()), organizer);
}

// Nobody is asked to accept a deadline.
icalproperty* attended_by(const CalendarParty& attendee) {
  icalproperty* property = named(icalproperty_new_attendee(mail_uri(attendee).c_str()), attendee);
  icalproperty_add_parameter(property, icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT));
  icalproperty_add_parameter(property, icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION));
  icalproperty_add_parameter(property, icalparameter_new_rsvp(ICAL_RSVP_FALSE));
  return property;
}

Component event_of(const CalendarEntry& entry, const CalendarParty& organizer,
                   icalproperty_status status) {
  Component event(icalcomponent_new(ICAL_VEVENT_COMPONENT));
  const auto add = [&event](icalproperty* each) { icalcomponent_add_property(event.get(), each); };
  add(icalproperty_new_uid(on_one_line(entry.uid).c_str()));
  add(icalproperty_new_sequence(entry.sequence));
  add(icalproperty_new_dtstamp(in_utc(entry.changed_at)));
  add(timed(icalproperty_new(ICAL_DTSTART_PROPERTY), entry.starts_at));
  add(timed(icalproperty_new(ICAL_DTEND_PROPERTY), entry.ends_at));
  add(icalproperty_new_summary(on_one_line(entry.summary).c_str()));
  if (!entry.description.empty())
    add(icalproperty_new_description(on_lines(entry.description).c_str()));
  if (!entry.location.empty()) add(icalproperty_new_location(on_one_line(entry.location).c_str()));
  if (!entry.url.empty()) add(icalproperty_new_url(on_one_line(entry.url).c_str()));
  add(organized_by(organizer));
  add(icalproperty_new_status(status));
  // A deadline takes nobody's time: the day stays free.
  add(icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
  return event;
}

Component calendar_for(icalproperty_method method) {
  Component calendar(icalcomponent_new(ICAL_VCALENDAR_COMPONENT));
  const auto add = [&calendar](icalproperty* each) {
    icalcomponent_add_property(calendar.get(), each);
  };
  add(icalproperty_new_prodid(kProduct));
  add(icalproperty_new_version("2.0"));
  add(icalproperty_new_calscale("GREGORIAN"));
  add(icalproperty_new_method(method));
  icalcomponent_add_component(calendar.get(), icalcomponent_new_from_string(kZoneRules));
  return calendar;
}

std::string text_of(const Component& calendar) {
  const std::unique_ptr<char, decltype(&std::free)> text(
      icalcomponent_as_ical_string_r(calendar.get()), &std::free);
  return text.get();
}

}  // namespace

const char* name_of(CalendarMethod method) {
  switch (method) {
    case CalendarMethod::kRequest: return "REQUEST";
    case CalendarMethod::kCancel: return "CANCEL";
  }
  return "";
}

std::string calendar_part(CalendarMethod method, const CalendarEntry& entry,
                          const CalendarParty& organizer, const CalendarParty& attendee) {
  const bool cancels = method == CalendarMethod::kCancel;
  const Component calendar = calendar_for(cancels ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST);
  Component event =
      event_of(entry, organizer, cancels ? ICAL_STATUS_CANCELLED : ICAL_STATUS_CONFIRMED);
  icalcomponent_add_property(event.get(), attended_by(attendee));
  icalcomponent_add_component(calendar.get(), event.release());
  return text_of(calendar);
}

std::string calendar_feed(const std::string& name, const CalendarParty& organizer,
                          const std::vector<CalendarEntry>& entries) {
  const Component calendar = calendar_for(ICAL_METHOD_PUBLISH);
  const std::string shown = on_one_line(name);
  icalcomponent_add_property(calendar.get(), icalproperty_new_name(shown.c_str()));
  // The same for programs from before RFC 7986.
  icalproperty* old_name = icalproperty_new_x(shown.c_str());
  icalproperty_set_x_name(old_name, "X-WR-CALNAME");
  icalcomponent_add_property(calendar.get(), old_name);
  icalcomponent_add_property(calendar.get(), icalproperty_new_refreshinterval(
                                                 icaldurationtype_from_int(kRefreshMinutes * 60)));
  for (const CalendarEntry& entry : entries) {
    icalcomponent_add_component(calendar.get(),
                                event_of(entry, organizer, ICAL_STATUS_CONFIRMED).release());
  }
  return text_of(calendar);
}

}  // namespace kkr::platform
