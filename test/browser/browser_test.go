// Package browser_test holds the journeys: what a person at the desk does, in
// a real browser, on the real site with a database of its own. A journey reads
// the screen and never peeks into the store.
package browser_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"daftar/test/engine"
	"daftar/test/site"
)

// patience is the longest that most journeys may take.
const patience = 60 * time.Second

// desk is a person's browser at the open site.
type desk struct {
	t    *testing.T
	page context.Context
	url  string
	site *site.Site
}

// sit opens the site and a browser of the given size and signs the
// receptionist in.
func sit(t *testing.T, width, height int64) *desk {
	t.Helper()
	d := arrive(t, width, height)
	d.signIn("receptionist")
	return d
}

// arrive opens the site and a browser; nobody is signed in.
func arrive(t *testing.T, width, height int64) *desk {
	t.Helper()
	return arriveFor(t, patience, width, height)
}

// arriveFor is arrive for a journey of another length.
func arriveFor(t *testing.T, longest time.Duration, width, height int64) *desk {
	t.Helper()
	s := site.Open(t, engine.SQLite(t))
	d := &desk{t: t, url: serve(t, s), site: s}
	d.page = browser(t, longest)
	d.do(chromedp.EmulateViewport(width, height))
	return d
}

// chrome is the one headless browser of all journeys, started by the first.
var chrome = sync.OnceValues(func() (context.Context, error) {
	program := os.Getenv("DAFTAR_BROWSER")
	if program == "" {
		return nil, errors.New("DAFTAR_BROWSER names no browser; run DAFTAR_BROWSER=$(script/browser) go test ./test/browser")
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true))...)
	first, closeFirst := chromedp.NewContext(allocator)
	closeChrome = func() { closeFirst(); stop() }
	return first, chromedp.Do(first)
})

// closeChrome ends the browser, when one was started.
var closeChrome = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	closeChrome()
	os.Exit(code)
}

// browser opens a window that shares nothing with the others, as in a browser
// of its own. When the test fails, what it showed last is kept under
// _artifacts/.
func browser(t *testing.T, longest time.Duration) context.Context {
	t.Helper()
	first, err := chrome()
	if err != nil {
		t.Fatal(err)
	}
	tab, closeTab := chromedp.NewContext(first, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	// Each window is one that somebody sits at.
	focused := chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})
	if err := chromedp.Do(tab, focused); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			last, cancel := context.WithTimeout(tab, 10*time.Second)
			defer cancel()
			keep(t, last, strings.ReplaceAll(t.Name(), "/", "-"))
		}
	})
	page, cancel := context.WithTimeout(tab, longest)
	t.Cleanup(cancel)
	return page
}

// keep writes what the browser shows to _artifacts/NAME.png.
func keep(t *testing.T, tab context.Context, name string) {
	t.Helper()
	png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		t.Logf("no picture: %v", err)
		return
	}
	folder := filepath.Join("..", "..", "_artifacts")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

// do carries out steps and ends the journey when one cannot be done, with the
// number of the step and where the browser is. A step whose place went away
// with the page before it was touched is tried on the page that came.
func (d *desk) do(steps ...chromedp.Action[chromedp.Void]) {
	d.t.Helper()
	for i, step := range steps {
		err := d.step(step)
		for pageLeft(err) {
			err = d.step(step)
		}
		if err != nil {
			d.t.Fatalf("step %d of %d on %s: %v", i+1, len(steps), d.place(), err)
		}
	}
}

// stride is the longest that one step may take: a journey that waits for what
// never comes says so long before its own end.
const stride = 45 * time.Second

func (d *desk) step(step chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(d.page, stride)
	defer cancel()
	return chromedp.Do(ctx, step)
}

// place is the address that the browser shows, for a failure's message.
func (d *desk) place() string {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(d.page), 5*time.Second)
	defer cancel()
	at, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href`))
	if err != nil {
		return "a page that does not answer (" + err.Error() + ")"
	}
	return at
}

// pageLeft says whether a new page came between finding a node and touching
// it.
func pageLeft(err error) bool {
	var refused *cdproto.Error
	return errors.As(err, &refused) && refused.Message == "Could not find node with given id"
}

// keys presses keys one after another, as on a keyboard.
func (d *desk) keys(keys ...string) {
	d.t.Helper()
	for _, k := range keys {
		d.do(chromedp.KeyEvent(k))
	}
}

// until waits until the expression is true on the page. It asks by the clock:
// a window under another, on a busy machine, may not be drawn.
func (d *desk) until(expression string) {
	d.t.Helper()
	if _, err := chromedp.Run(d.page, chromedp.Poll[bool](expression, chromedp.WithPollingInterval(20*time.Millisecond))); err != nil {
		d.t.Fatalf("never true: %s: %v", expression, err)
	}
}

// says evaluates an expression that is a text.
func (d *desk) says(expression string) string {
	d.t.Helper()
	text, err := chromedp.Run(d.page, chromedp.Evaluate[string](expression))
	if err != nil {
		d.t.Fatalf("%s: %v", expression, err)
	}
	return text
}

// wants compares what the page says with what it should.
func (d *desk) wants(expression, want string) {
	d.t.Helper()
	if got := d.says(expression); got != want {
		d.t.Errorf("%s is %q, want %q", expression, got, want)
	}
}
