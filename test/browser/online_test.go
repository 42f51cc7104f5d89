package browser_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"daftar/internal/clinic"
	work "daftar/internal/desk"
	"daftar/internal/gateway"
	"daftar/internal/jalali"
	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

// openPublic lets the public book the first provider for the second service,
// for a deposit.
func openPublic(t *testing.T, s *site.Site) {
	t.Helper()
	fail := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	c, err := s.Desk.Clinic(t.Context(), s.Manager.Clinic)
	fail(err)
	c.Appointments.Online, c.Phone, c.Address = true, "02188001122", "تهران، خیابان ونک، شماره ۱"
	_, err = s.Desk.SaveClinic(t.Context(), s.Manager, work.Save[clinic.Clinic]{Row: c})
	fail(err)
	all, err := s.Desk.SettingRows(t.Context(), s.Manager)
	fail(err)
	doctor, botox := all.Providers[0], all.Services[1]
	doctor.Booking.Online, doctor.Booking.Biography = true, "متخصص پوست و مو\nعضو هیئت علمی دانشگاه"
	_, err = s.Desk.SaveProvider(t.Context(), s.Manager, work.Save[clinic.Provider]{Row: doctor})
	fail(err)
	botox.Online, botox.Deposit, botox.Duration = true, clinic.DepositRule{Amount: 5_000_000}, 30
	_, err = s.Desk.SaveService(t.Context(), s.Manager, work.Save[work.SaveService]{Row: work.SaveService{Service: botox, Price: 40_000_000}})
	fail(err)
	for day := jalali.Saturday; day <= jalali.Thursday; day++ {
		_, err := s.Desk.SaveWorkShift(t.Context(), s.Manager, work.Save[clinic.WorkShift]{Row: clinic.WorkShift{Provider: doctor.ID,
			Branch: s.Manager.Branch, Weekday: day, From: 9 * 60, Until: 13 * 60}})
		fail(err)
	}
}

// Somebody books on a telephone, pays at the made-up bank, and no page is wider
// than the screen.
func TestThePublicBooksOnATelephone(t *testing.T) {
	var s *site.Site
	bank := &gateway.Bank{Path: "/pay/bank", Key: func() string { return "A1" }}
	s = site.Open(t, engine.SQLite(t), func(o *web.Options) { o.Gate, o.Bank = bank, bank })
	bank.Now = s.Clock
	openPublic(t, s)
	d := &desk{t: t, url: serve(t, s), site: s}
	d.page = browser(t, patience)
	d.do(chromedp.EmulateViewport(390, 844))
	step := func(name string) {
		t.Helper()
		d.do(chromedp.EmulateViewport(390, 844)) // a page of another process forgets it
		d.wants(`innerWidth + " " + (document.documentElement.scrollWidth <= innerWidth)`, "390 true")
		if folder := os.Getenv("DAFTAR_PICTURES"); folder != "" {
			picture, err := chromedp.Run(d.page, chromedp.CaptureScreenshot())
			if err == nil {
				err = os.WriteFile(filepath.Join(folder, "online-"+name+".png"), picture, 0o600)
			}
			if err != nil {
				t.Error(err)
			}
		}
	}
	d.do(chromedp.Navigate(d.url+"/book"), chromedp.WaitVisible(`.book-people`))
	step("list")
	d.do(chromedp.Click(`.book-people a`), chromedp.WaitVisible(`[data-testid=book-time]`))
	step("times")
	d.do(chromedp.Click(`.book-day:nth-of-type(3) [data-testid=book-time]`), chromedp.WaitVisible(`[data-testid=form-book-person]`))
	step("person")
	d.do(chromedp.SendKeys(`#first_name`, "سارا"), chromedp.SendKeys(`#last_name`, "نوری"), chromedp.SendKeys(`#mobile`, "09121110001"),
		chromedp.Click(`[data-testid=form-book-person] button`), chromedp.WaitVisible(`[data-testid=form-book-code]`))
	step("code")
	code := ""
	_, err := s.Desk.SendMessages(t.Context(), s.Manager.Clinic, func(_ context.Context, m clinic.Message) error {
		code = regexp.MustCompile(`\d{6}`).FindString(m.Text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	d.do(chromedp.SendKeys(`#code`, code), chromedp.Click(`[data-testid=form-book-code] button`), chromedp.WaitVisible(`[data-testid=form-book-pay]`))
	step("pay")
	d.do(chromedp.Click(`[data-testid=form-book-pay] button`), chromedp.WaitVisible(`[data-testid=to-bank]`), chromedp.Click(`[data-testid=to-bank]`),
		chromedp.WaitVisible(`[data-testid=bank]`))
	step("bank")
	d.do(chromedp.Click(`button[value=paid]`), chromedp.WaitVisible(`[data-testid=book-visit]`))
	step("done")
	d.do(chromedp.Click(`[data-testid=book-visit]`), chromedp.WaitVisible(`[data-testid=form-book-cancel]`))
	step("visit")
}
