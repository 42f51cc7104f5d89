package browser_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/test/site"
)

// aKey is how long a receptionist needs for one key.
const aKey = 120 * time.Millisecond

// typing presses keys one by one and counts them.
func (d *desk) typing(n *int, keys ...string) {
	d.t.Helper()
	*n += len(keys)
	d.keys(keys...)
}

// letters are the keys of a text.
func letters(text string) (keys []string) {
	for _, r := range text {
		keys = append(keys, string(r))
	}
	return keys
}

// send presses Ctrl+Enter.
func (d *desk) send() {
	d.t.Helper()
	d.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
}

const (
	field = `(document.activeElement?.id ?? '')`
	named = `[...document.querySelectorAll('#matches .name')].map((a) => a.textContent).join(', ')`
)

// The receptionist registers somebody from the list without touching the mouse,
// in far less than 25 seconds of typing, and stands at the statement.
func TestReceptionistRegistersByTheKeyboard(t *testing.T) {
	d := sit(t, 1440, 900)
	n := 0
	d.typing(&n, "n")
	d.do(chromedp.WaitVisible(`[data-testid=form-register]`))
	d.until(field + ` === 'first_name'`)
	d.typing(&n, letters("بهار")...)
	d.typing(&n, kb.Enter)
	d.typing(&n, letters("نوری")...)
	d.typing(&n, kb.Enter)
	d.typing(&n, letters("0499370899")...)
	d.typing(&n, kb.Enter)
	d.typing(&n, letters("09127654321")...)
	d.typing(&n, kb.Enter)
	d.wants(field, "birth_date")
	d.typing(&n, letters("1367")...)
	d.until(`Boolean(document.querySelector('[data-testid=matches-none]'))`)
	n += 2
	d.send()
	d.do(chromedp.WaitVisible(`[data-testid=statement-window]`))
	d.wants(`document.querySelector('#statement-name').textContent.trim().startsWith('بهار نوری') ? 'yes' : 'no'`, "yes")
	took := time.Duration(n) * aKey
	if took > 25*time.Second {
		t.Errorf("%d keys take %v", n, took)
	}
	t.Logf("%d keys, %v", n, took)
}

// While one types, who is known is shown beside the form, and the name opens
// the statement over it; the typing stays.
func TestTypingFindsWhoIsKnown(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients/new"), chromedp.WaitVisible(`[data-testid=form-register]`))
	d.until(field + ` === 'first_name'`)
	d.keys("م", "ر")
	d.until(named + `.includes('مریم احمدی')`)
	d.do(chromedp.Focus(`#matches [data-testid=patient-menu]`))
	d.keys(kb.Enter)
	d.do(chromedp.WaitVisible(`[data-testid=menu-statement]`))
	d.keys("s")
	d.do(chromedp.WaitVisible(`dialog#window [data-testid=statement-window]`))
	d.until(`location.pathname.endsWith('/statement/summary')`)
	d.keys(kb.Escape)
	d.until(`!document.querySelector('dialog#window').open`)
	d.wants(`document.getElementById('first_name').value`, "مر")
	d.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('first_name').value = ''`))
	d.do(chromedp.SendKeys(`#national_code`, "0012345679"))
	d.until(`document.querySelector('#matches .match-why')?.textContent === 'همین کد ملی'`)
	d.keys(kb.Enter, kb.Enter, kb.Enter, kb.Enter) // moves on, and sends nothing
	d.wants(`location.pathname`, "/patients/new")
}

// Who looks like somebody is asked about; the person says that it is another by
// the keyboard, and two clicks register one.
func TestAnotherPersonOfTheSameName(t *testing.T) {
	d := sit(t, 1440, 900)
	d.do(chromedp.Navigate(d.url+"/patients/new?q=مریم+احمدی"), chromedp.WaitVisible(`[data-testid=form-register]`))
	d.do(chromedp.SendKeys(`#mobile`, "09123456780"), chromedp.SendKeys(`#notes`, "دوقلو"))
	d.send()
	d.do(chromedp.WaitVisible(`[data-testid=similar]`))
	d.until(field + ` === 'different'`)
	d.wants(`document.getElementById('notes').value`, "دوقلو")
	d.keys(" ")
	d.do(chromedp.Evaluate[chromedp.Void](`{ const button = document.querySelector('[data-testid=register-do]'); button.click(); button.click() }`))
	d.do(chromedp.WaitVisible(`[data-testid=statement-window]`))
	d.do(chromedp.Navigate(d.url + "/patients?q=مریم+احمدی"))
	d.until(`document.querySelectorAll('[data-testid=patient-menu]').length === 2`)
}

// Two browsers edit one file: the second keeps what was typed, sees both values
// where both wrote, takes one over and saves; what it left alone is the other's.
func TestTwoBrowsersEditOneFile(t *testing.T) {
	d := sit(t, 1440, 900)
	other := &desk{t: t, page: browser(t, patience), url: d.url, site: d.site}
	other.do(chromedp.EmulateViewport(1440, 900), chromedp.Navigate(d.url+"/login"), chromedp.SendKeys(`input[name=username]`, "manager"),
		chromedp.SendKeys(`input[name=password]`, site.Password+"\r"), chromedp.WaitVisible(`#patients`))
	edit := d.url + "/patients/" + d.maryam() + "/edit"
	for _, one := range []*desk{d, other} {
		one.do(chromedp.Navigate(edit), chromedp.WaitVisible(`[data-testid=form-register]`))
	}
	other.do(chromedp.SetValue(`#first_name`, "مریم‌السادات"), chromedp.SetValue(`#last_name`, "احمدی‌نژاد"), chromedp.SendKeys(`#notes`, "از دوشنبه"))
	other.send()
	other.do(chromedp.WaitVisible(`[data-testid=statement-window]`))
	d.do(chromedp.SetValue(`#first_name`, "مریم خانم"), chromedp.SendKeys(`#notes`, "از شنبه"))
	d.send()
	d.do(chromedp.WaitVisible(`[data-testid=stale]`))
	d.wants(`document.getElementById('notes').value`, "از شنبه")
	d.wants(`document.querySelector('[data-testid=stale-notes]').textContent.includes('از دوشنبه') ? 'both' : 'one'`, "both")
	d.wants(`document.getElementById('last_name').value`, "احمدی‌نژاد") // which was left alone
	d.do(chromedp.Click(`[data-testid=stale-first_name] [data-take]`))
	d.wants(`document.getElementById('first_name').value`, "مریم‌السادات")
	d.send()
	d.do(chromedp.WaitVisible(`[data-testid=statement-window]`))
	d.do(chromedp.Navigate(edit), chromedp.WaitVisible(`[data-testid=form-register]`))
	d.wants(`document.getElementById('notes').value + ' ' + document.getElementById('last_name').value`, "از شنبه احمدی‌نژاد")
}

// On a phone the form is no wider than the screen, and tags complete one after
// another.
func TestTheFormOnAPhone(t *testing.T) {
	d := sit(t, 390, 844)
	d.do(chromedp.Navigate(d.url+"/patients/new"), chromedp.WaitVisible(`#identity`))
	d.wants(`document.documentElement.scrollWidth <= 390 ? 'narrow' : 'wide: ' + document.documentElement.scrollWidth`, "narrow")
	d.do(chromedp.SendKeys(`#tags`, "یک، "))
	offers := d.says(`[...document.querySelectorAll('#tags-in-use option')].map((o) => o.value).join('|')`)
	if offers == "" {
		t.Fatal("there are no tags to offer")
	}
	for _, offer := range strings.Split(offers, "|") {
		if !strings.HasPrefix(offer, "یک، ") {
			t.Errorf("offers %q", offer)
		}
	}
}

// registerPages are the pages of the form for axe.
func registerPages(s *site.Site) []judged {
	maryam := "/patients/" + strconv.FormatInt(int64(s.Maryam), 10)
	send := `[data-testid=register-do]`
	return []judged{
		{name: "register", as: "receptionist", path: "/patients/new?q=مریم", shows: `#identity`},
		{name: "register-refused", as: "receptionist", path: "/patients/new?q=مریم", shows: `#identity`, click: send, then: `.register-news [role=alert]`},
		{name: "edit", as: "manager", path: maryam + "/edit", shows: `#identity`},
	}
}
