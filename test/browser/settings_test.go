package browser_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// tariffsOf is the page with the prices of a service.
func tariffsOf(s *site.Site) string {
	all, err := s.Desk.PriceList(context.Background(), s.Manager)
	if err != nil || len(all) == 0 {
		return "/settings/tariffs"
	}
	return "/settings/tariffs/" + strconv.FormatInt(int64(all[0].ID), 10)
}

// ticketOn is the page of a report that was just written and answered.
func ticketOn(s *site.Site) string {
	ctx := context.Background()
	made, err := s.Desk.WriteTicket(ctx, s.Manager, office.WriteTicket{Ticket: clinic.Ticket{Subject: "چاپ", Text: "برگ دوم خالی است", Page: "/patients"},
		File: office.FileOf{Name: "صفحه.txt", Content: []byte("شرح")}})
	if err != nil {
		return "/tickets"
	}
	if _, err := s.Desk.ReplyTicket(ctx, s.Manager, office.ReplyTicket{Ticket: made.ID, Text: "درست شد", Status: clinic.TicketAnswered}); err != nil {
		return "/tickets"
	}
	return "/tickets/" + strconv.FormatInt(int64(made.ID), 10)
}

// A manager turns the screen to tomans; the cashier types tomans and reads
// below what it is in rials.
func TestTheCashierTypesTomans(t *testing.T) {
	d := arrive(t, 1440, 900)
	d.signInAs("manager")
	d.do(chromedp.Navigate(d.url+"/settings/clinic"), chromedp.WaitVisible(`[data-testid=form-setting]`),
		chromedp.SetValue(`#display`, "IRT"), chromedp.Click(`[data-testid=form-setting] button`), chromedp.WaitVisible(`[data-testid=toast]`))
	d.signInAs("receptionist")
	d.do(chromedp.Navigate(d.url+"/patients/"+d.maryam()+"/cashier?tab=summary"), chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.wants(`document.getElementById('amount-0').value`, "۴۸۰٬۰۰۰")
	d.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('amount-0').select()`))
	d.keys("120000")
	words, err := chromedp.Run(d.page, chromedp.Text(`#amount-0-words`))
	if want := "صد و بیست هزار تومان = ۱٬۲۰۰٬۰۰۰ ریال"; err != nil || words != want {
		t.Errorf("under the amount stands %q, %v; want %q", words, err, want)
	}
	d.do(chromedp.WaitVisible(`[data-testid=balance-after][data-rials="3600000"]`))
}
