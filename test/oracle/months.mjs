// Prints the weeks of every month of the Jalali years 1400 to 1410, Saturday
// first, as "1405 9 2026-11-21 2026-11-22 ...": a week once for each month that
// has a day in it. Dates and weekdays are those of the calendar data of ICU. The
// Go tests of internal/jalali compare their own grids with it.
const dayLength = 24 * 60 * 60 * 1000;
const format = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
  year: 'numeric', month: 'numeric', weekday: 'short', timeZone: 'UTC',
});
const first = Date.UTC(2021, 2, 1); // some days before 1400/01/01
const last = Date.UTC(2032, 3, 30); // some days after the end of 1410

const lines = [];
let week = [];
let months = new Set();
const close = () => {
  if (week.length === 7) for (const month of months) lines.push(`${month} ${week.join(' ')}`);
  week = [];
  months = new Set();
};
for (let at = first; at <= last; at += dayLength) {
  const parts = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  if (parts.weekday === 'Sat') close();
  week.push(new Date(at).toISOString().slice(0, 10));
  const year = Number(parts.year);
  if (year >= 1400 && year <= 1410) months.add(`${year} ${parts.month}`);
}
close();
process.stdout.write(lines.join('\n') + '\n');
