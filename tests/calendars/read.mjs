// Reads an iCalendar file from standard input with ical.js, using only the time zones that stand in the file.
import { readFileSync } from "node:fs";
import ICAL from "../../node_modules/ical.js/dist/ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
ICAL.TimezoneService.reset();
for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const read = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    method: calendar.getFirstPropertyValue("method") ?? "",
    uid: event.uid,
    sequence: component.getFirstPropertyValue("sequence"),
    start: event.startDate.toUnixTime() * 1000,
    end: event.endDate.toUnixTime() * 1000,
    attendee: component.getFirstPropertyValue("attendee") ?? "",
    organizer: component.getFirstPropertyValue("organizer") ?? "",
    status: component.getFirstPropertyValue("status"),
  };
});
process.stdout.write(JSON.stringify(read));
