// Prints every day of the Jalali years 1200 to 1500 as "2026-11-23 1405 9 2",
// converted by the calendar data of ICU. The Go tests of internal/jalali
// compare their own conversion with it.
const format = new Intl.DateTimeFormat('fa-IR-u-ca-persian-nu-latn', {
  year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC',
});
const dayLength = 24 * 60 * 60 * 1000;
const first = Date.UTC(1821, 2, 10); // some days before 1200/01/01
const last = Date.UTC(2122, 2, 31); // some days after the end of 1500

const lines = [];
for (let at = first; at <= last; at += dayLength) {
  const parts = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  const year = Number(parts.year);
  if (year < 1200 || year > 1500) continue;
  lines.push(`${new Date(at).toISOString().slice(0, 10)} ${year} ${parts.month} ${parts.day}`);
}
process.stdout.write(lines.join('\n') + '\n');
