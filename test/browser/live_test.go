package browser_test

import (
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	desks "daftar/internal/desk"
	"daftar/test/drawer"
	"daftar/test/engine"
	"daftar/test/site"
)

const (
	banner   = `(document.querySelector('[data-testid=live-banner]')?.textContent.trim() ?? '')`
	together = `(document.querySelector('[data-testid=live-with]')?.textContent.trim() ?? '')`
)

// prompt is how soon what one desk does is seen at another.
const prompt = time.Second

// twoDesks are two people in two browsers at one clinic: سارا کریمی of the
// reception and نادر امینی, who supervises.
func twoDesks(t *testing.T) (sara, nader *desk) {
	t.Helper()
	s := site.Open(t, engine.SQLite(t))
	hired, err := s.Desk.AddStaff(t.Context(), s.Manager, desks.AddStaff{Password: site.Password,
		Staff: clinic.Staff{Name: "نادر امینی", Role: clinic.Supervisor, Username: "nader", Branch: s.Manager.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	drawer.OpenFor(t, s.Desk, s.Manager, hired)
	h := &house{t: t, site: s, url: serve(t, s)}
	return h.at("receptionist"), h.at("nader")
}

// opens shows Maryam's window over the list.
func (d *desk) opens() {
	d.t.Helper()
	d.windowOf(maryamAhmadi)
}

// pays takes an amount from Maryam, whose window is open.
func (d *desk) pays(amount string) {
	d.t.Helper()
	d.keys("p")
	d.until(`document.activeElement?.id === 'amount-0'`)
	d.keys(append([]string{}, split(amount)...)...)
	d.keys(kb.Enter)
}

// picture keeps what is on show when DAFTAR_PICTURES is set.
func (d *desk) picture(name string) {
	d.t.Helper()
	if os.Getenv("DAFTAR_PICTURES") != "" {
		keep(d.t, d.page, name)
	}
}

func split(text string) (keys []string) {
	for _, r := range text {
		keys = append(keys, string(r))
	}
	return keys
}

// A payment at one desk is in the other's window and list within a second;
// neither scroll nor focus moves, and each sees that the other is there.
func TestTwoDesksAtOnePatient(t *testing.T) {
	sara, nader := twoDesks(t)
	sara.opens()
	nader.opens()
	sara.until(together + `.includes('نادر امینی')`)
	nader.until(together + `.includes('سارا کریمی (ونک)')`)
	nader.do(chromedp.Focus(`#tab-admissions`))
	sara.pays("1000000")
	begun := time.Now()
	nader.until(balance + ` === '3800000'`)
	took := time.Since(begun)
	t.Logf("seen at the other desk %v after Enter", took.Round(time.Millisecond))
	if took > prompt {
		t.Errorf("the other desk saw it after %v", took)
	}
	nader.until(`[...document.querySelectorAll('.timeline [data-testid^=row-receipt-]')].length === 2`)
	nader.wants(`document.activeElement.id`, "tab-admissions")
	nader.until(`document.querySelector('#patients [id=row-patient-` + nader.maryam() + `] .bal').dataset.rials === '3800000'`)
	nader.until(together + `.includes('سارا کریمی')`)
	nader.picture("live-with")
	nader.do(chromedp.EmulateViewport(390, 844))
	nader.wants(`document.documentElement.scrollWidth <= 390 ? 'narrow' : 'wide'`, "narrow")
	nader.picture("live-with-phone")
	nader.do(chromedp.EmulateViewport(1440, 900))
	sara.until(balance + ` === '3800000'`)
	sara.wants(banner, "")
	sara.keys(kb.Escape)
	sara.until(`!document.querySelector('dialog#window').open`)
	nader.until(together + ` === ''`)
	sara.wants(together, "")
}

// Whoever is typing is told at once what a colleague did, keeps every digit,
// and after a look sends the form as it is.
func TestASheetIsWarned(t *testing.T) {
	sara, nader := twoDesks(t)
	sara.opens()
	nader.opens()
	nader.keys("p")
	nader.until(`document.activeElement?.id === 'amount-0'`)
	nader.keys("5", "0", "0", "0", "0", "0")
	nader.do(chromedp.Evaluate[chromedp.Void](`document.querySelector('input[name=method-0][value=pos]').click()`), chromedp.SendKeys(`#tracking-0`, "123456"))
	sara.pays("800000")
	nader.until(banner + `.includes('سارا کریمی ساعت ۱۱:۳۰ دریافت ثبت کرد')`)
	nader.until(banner + `.includes('۴٬۰۰۰٬۰۰۰')`)
	nader.wants(`document.activeElement.id`, "tracking-0")
	nader.picture("live-banner")
	nader.wants(balance, "4800000")
	nader.do(chromedp.Click(`[data-live-see]`))
	nader.until(balance + ` === '4000000'`)
	nader.until(`document.querySelector('[data-testid=balance-after]').dataset.rials === '3500000'`)
	nader.wants(banner, "")
	nader.wants(`document.activeElement.id`, "tracking-0")
	nader.wants(`document.getElementById('amount-0').value + ' ' + document.getElementById('tracking-0').value`, "۵۰۰٬۰۰۰ 123456")
	nader.do(chromedp.Click(`[data-testid=form-cashier] button.main`))
	nader.until(balance + ` === '3500000'`)
	nader.until(`!document.querySelector('.sheet')`)
	nader.wants(banner, "")
	sara.until(balance + ` === '3500000'`)
}

// Whoever edits a patient is told at once that somebody else saved; what was
// typed stays.
func TestAnEditFormIsWarned(t *testing.T) {
	_, nader := twoDesks(t)
	nader.do(chromedp.Navigate(nader.url+"/patients/"+nader.maryam()+"/edit"), chromedp.WaitVisible(`[data-testid=form-register]`),
		chromedp.Evaluate[chromedp.Void](`document.querySelector("[name=last_name]").value = ""`), chromedp.SendKeys(`[name=last_name]`, "شیرازی"))
	p, err := nader.site.Desk.Patient(t.Context(), nader.site.Manager, nader.site.Maryam)
	if err != nil {
		t.Fatal(err)
	}
	p.City = "یزد"
	if _, err := nader.site.Desk.EditPatient(t.Context(), nader.site.Manager, desks.EditPatient{Patient: p}); err != nil {
		t.Fatal(err)
	}
	nader.until(banner + `.includes('ورود داده ساعت ۱۱:۳۰ مشخصات این پرونده را ویرایش کرد')`)
	nader.picture("live-edit")
	nader.wants(`document.activeElement.name + ' ' + document.activeElement.value`, "last_name شیرازی")
}

// New rows wait until they are asked for; rows on show change where they are.
func TestNewRowsWait(t *testing.T) {
	sara, _ := twoDesks(t)
	rows := `String(document.querySelectorAll('#patients tbody tr').length)`
	sara.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll('[data-testid=patient-menu]')[2].focus()`))
	before, name := sara.says(rows), sara.says(focused)
	for _, last := range []string{"آذری", "آرام", "آشنا"} {
		_, err := sara.site.Desk.RegisterPatient(t.Context(), sara.site.Manager, desks.RegisterPatient{Patient: clinic.Patient{FirstName: "آبان", LastName: last}})
		if err != nil {
			t.Fatal(err)
		}
	}
	sara.until(`document.getElementById('live-rows').textContent.trim() === '۳ ردیف تازه' && !document.getElementById('live-rows').hidden`)
	sara.picture("live-rows")
	sara.wants(rows, before)
	sara.wants(focused, name)
	sara.do(chromedp.Click(`#live-rows`))
	sara.until(`document.querySelector('#patients').textContent.includes('آبان آشنا') && document.getElementById('live-rows').hidden`)
}

// A tab that nobody looks at holds no connection; who comes back to it sees
// what was missed.
func TestATabThatIsNotLookedAt(t *testing.T) {
	sara, nader := twoDesks(t)
	nader.opens()
	sara.opens()
	sara.until(together + `.includes('نادر امینی')`)
	hide := func(hidden string) {
		nader.do(chromedp.Evaluate[chromedp.Void](`Object.defineProperty(document, 'hidden', {value: ` + hidden + `, configurable: true}); document.dispatchEvent(new Event('visibilitychange'))`))
	}
	hide("true")
	sara.until(together + ` === ''`)
	sara.pays("1000000")
	sara.until(balance + ` === '3800000'`)
	nader.wants(balance, "4800000")
	hide("false")
	nader.until(balance + ` === '3800000'`)
	sara.until(together + `.includes('نادر امینی')`)
}
