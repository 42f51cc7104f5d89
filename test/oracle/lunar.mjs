// Prints every day of the Jalali years 1400 to 1406 as "2026-11-23 1448 6 13":
// its date in the Umm al-Qura calendar of Saudi Arabia, by the calendar data of
// ICU. Iran's lunar months begin on the same day or the next. The Go tests of
// internal/jalali judge the lunar holidays by it.
const format = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', {
  year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC',
});
const dayLength = 24 * 60 * 60 * 1000;
const first = Date.UTC(2021, 2, 21); // 1400/01/01
const last = Date.UTC(2028, 2, 19); // 1406/12/29

const lines = [];
for (let at = first; at <= last; at += dayLength) {
  const parts = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  lines.push(`${new Date(at).toISOString().slice(0, 10)} ${parts.year} ${parts.month} ${parts.day}`);
}
process.stdout.write(lines.join('\n') + '\n');
