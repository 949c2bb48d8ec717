// Reads a calendar on standard input with ical.js, which shares no code with the library that wrote
// it, and prints its method and its entries as JSON. It knows no zone but those the calendar brings.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ICAL = createRequire(new URL("../../tools/package.json", import.meta.url))("ical.js");

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);

const instant = (time) => time.toUnixTime();
const entries = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    sequence: event.sequence,
    starts_at: instant(event.startDate),
    ends_at: instant(event.endDate),
    changed_at: instant(component.getFirstPropertyValue("dtstamp")),
    status: component.getFirstPropertyValue("status"),
    summary: event.summary,
    description: event.description,
    location: event.location,
    url: component.getFirstPropertyValue("url"),
    attendees: component.getAllProperties("attendee").map((each) => each.getFirstValue()),
  };
});
console.log(JSON.stringify({ method: calendar.getFirstPropertyValue("method"), entries }));
