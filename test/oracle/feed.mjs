// Reads a JSON list of iCalendar texts from standard input and prints what
// ical.js, which is not ours, understands of each. The Go tests of
// internal/feed compare it with what they wrote.
import { readFileSync } from 'node:fs';
import ICAL from 'ical.js';

// ical.js reads properties that RFC 5545 does not name as they stand. NAME is
// TEXT (RFC 7986, 5.1), and so is what everybody had before it.
for (const name of ['name', 'x-wr-calname']) ICAL.design.icalendar.property[name] = ICAL.design.icalendar.property.summary;

const instant = (time) => {
  if (time.isDate || time.zone !== ICAL.Timezone.utcTimezone) throw new Error(`${time} is not in UTC`);
  return time.toJSDate().toISOString();
};

function entry(component) {
  const event = new ICAL.Event(component);
  return {
    UID: event.uid,
    Sequence: event.sequence,
    Starts: instant(event.startDate),
    Ends: instant(event.endDate), // the start where the text has no end
    Stamp: instant(component.getFirstPropertyValue('dtstamp')),
    Summary: event.summary ?? '',
    Description: event.description ?? '',
    Location: event.location ?? '',
    Status: component.getFirstPropertyValue('status') ?? '',
    Lines: component.getAllProperties().map((property) => property.name),
  };
}

function calendar(text) {
  const component = new ICAL.Component(ICAL.parse(text));
  const value = (name) => component.getFirstPropertyValue(name);
  return {
    Version: value('version'),
    Method: value('method'),
    Product: value('prodid'),
    Name: value('name') ?? '',
    ShownName: value('x-wr-calname') ?? '',
    Refresh: value('refresh-interval')?.toSeconds() ?? 0,
    Lines: component.getAllProperties().map((property) => property.name),
    Events: component.getAllSubcomponents('vevent').map(entry),
  };
}

const texts = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(texts.map(calendar)));
