package browser_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"daftar/test/site"
)

// axe reports what would stop a person, in a line each.
// It waits for what is still moving, as half-shown text has half its contrast.
const axe = `Promise.all(document.getAnimations().map((a) => a.finished)).then(() => axe.run(document, {resultTypes: ["violations"]})).then((found) => found.violations
	.filter((v) => v.impact === 'serious' || v.impact === 'critical')
	.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')).join('\n'))`

// No page has a serious or critical barrier, in light and in dark, wide and on
// a phone.
func TestNoPageHasABarrier(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	d := arrive(t, 1440, 900)
	d.look(string(script), "login", "/login", `[data-testid=form-login]`)
	d.do(chromedp.SendKeys(`input[name=username]`, "receptionist"), chromedp.SendKeys(`input[name=password]`, site.Password+"\r"),
		chromedp.WaitVisible(`#patients`))
	maryam := "/patients/" + d.maryam()
	for _, p := range []struct{ name, path, shows string }{
		{"patients", "/patients", `#patients`},
		{"nobody", "/patients?q=zzzz", `.empty`},
		{"summary", maryam + "/statement/summary", `.timeline`},
		{"admissions", maryam + "/statement/admissions", `.adms`},
		{"transactions", maryam + "/statement/transactions", `.ledger`},
		{"cashier", maryam + "/cashier?tab=summary", `[data-testid=sheet-cashier]`},
		{"missing", "/nowhere", `[data-testid=problem]`},
	} {
		d.look(string(script), p.name, p.path, p.shows)
	}
}

// look judges one page in both themes and sizes, and keeps a picture of each
// when DAFTAR_PICTURES is set.
func (d *desk) look(script, name, path, shows string) {
	d.t.Helper()
	for _, size := range []struct {
		name          string
		width, height int64
	}{{"wide", 1440, 900}, {"phone", 390, 844}} {
		for _, theme := range []string{"light", "dark"} {
			d.do(chromedp.EmulateViewport(size.width, size.height), chromedp.Navigate(d.url+"/healthz"),
				chromedp.Evaluate[chromedp.Void](`document.cookie = 'theme=`+theme+`; path=/'`),
				chromedp.Navigate(d.url+path), chromedp.WaitVisible(shows), chromedp.Evaluate[chromedp.Void](script))
			found, err := chromedp.Run(d.page, chromedp.Evaluate[string](axe, chromedp.EvalAwaitPromise))
			if err != nil {
				d.t.Fatal(err)
			}
			if found != "" {
				d.t.Errorf("%s %s %s:\n%s", name, size.name, theme, found)
			}
			if os.Getenv("DAFTAR_PICTURES") != "" {
				keep(d.t, d.page, name+"-"+size.name+"-"+theme)
			}
		}
	}
}
