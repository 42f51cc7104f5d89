package browser_test

import (
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
)

// uneven names the columns of amounts on the page whose digits do not stand
// under each other: those of one cell differ in width, or those of a cell and
// of the total below it by more than a pixel in ten digits. Rows of another size, as
// the small notes, are no column.
const uneven = `(() => {
	const width = (cell, text) => {
		const probe = cell.cloneNode(false);
		probe.textContent = text;
		probe.style.position = 'absolute';
		cell.parentNode.append(probe);
		const w = probe.getBoundingClientRect().width;
		probe.remove();
		return w;
	};
	const place = (td) => [...td.parentNode.cells].slice(0, td.cellIndex).reduce((n, c) => n + c.colSpan, 0) + td.colSpan;
	const found = [];
	for (const table of document.querySelectorAll('table')) {
		const columns = {};
		for (const cell of table.querySelectorAll('td.amt .num')) {
			if (!cell.offsetParent) continue;
			const eight = width(cell, '۸۸۸۸۸۸۸۸۸۸'), one = width(cell, '۱۱۱۱۱۱۱۱۱۱');
			if (Math.abs(eight - one) > .5) found.push('the digits of ' + cell.textContent);
			(columns[place(cell.closest('td'))] ??= []).push([eight, cell.closest('tfoot') ? 'total ' : '', cell.textContent]);
		}
		for (const cells of Object.values(columns)) {
			const least = cells.reduce((a, b) => a[0] < b[0] ? a : b), most = cells.reduce((a, b) => a[0] > b[0] ? a : b);
			if (most[0] - least[0] > 1) found.push(least[1] + least[2] + ' and ' + most[1] + most[2] + ' by ' + (most[0] - least[0]).toFixed(1));
		}
	}
	return found.join('\n');
})()`

// In a column of amounts digit stands under digit, in the total as well.
func TestAmountsStandDigitUnderDigit(t *testing.T) {
	d := arriveFor(t, judging, 1440, 900)
	fillTill(t, d.site)
	d.signInAs(string(clinic.Manager))
	maryam := "/patients/" + strconv.FormatInt(int64(d.site.Maryam), 10)
	for _, path := range []string{maryam + "/statement/transactions", maryam + "/cashier?tab=transactions", "/admissions", "/cheques", "/deposits",
		"/reports/debtors", "/reports/cash", "/reports/day", "/reports/trial-balance"} {
		d.do(chromedp.Navigate(d.url+path), chromedp.WaitReady(`td.amt .num`))
		d.until(`document.fonts.status === 'loaded'`)
		if found := d.says(uneven); found != "" {
			t.Errorf("%s:\n%s", path, found)
		}
	}
}
