package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/chromedp/chromedp"
)

// clickUntilPainted opens a name's menu, clicks on the statement and answers
// with the milliseconds until its rows are painted: two frames after they are
// there, so that the first was shown.
const clickUntilPainted = `new Promise((done) => {
	const names = document.querySelectorAll('name-menu > a')
	names[%d %% names.length].click()
	const entry = document.querySelector('[data-testid=menu-statement]')
	const start = performance.now()
	entry.click()
	const look = () => {
		const rows = document.querySelector('dialog#window[open] .timeline li')
		if (!rows) return requestAnimationFrame(look)
		requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)))
	}
	look()
})`

// measurePaint runs B12 in a browser: from the click on the statement in the
// name menu to its rows on the screen.
func measurePaint(ctx context.Context, o options, e engine) ([]result, error) {
	program := os.Getenv("DAFTAR_BROWSER")
	if program == "" {
		return nil, errors.New("B12 needs a browser: DAFTAR_BROWSER=$(script/browser)")
	}
	o.entries = 2
	s, err := openSite(ctx, o, e, o.people)
	if err != nil {
		return nil, err
	}
	defer s.close()
	allocator, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)...)
	defer stop()
	page, closePage := chromedp.NewContext(allocator)
	defer closePage()
	if err := s.arrive(page); err != nil {
		return nil, err
	}
	n := min(o.reads, 60)
	var ts times
	for i := range n + 5 {
		took, err := chromedp.Run(page, chromedp.Evaluate[float64](fmt.Sprintf(clickUntilPainted, i), chromedp.EvalAwaitPromise))
		if err != nil {
			return nil, fmt.Errorf("B12: %w", err)
		}
		if i >= 5 {
			ts = append(ts, time.Duration(took*float64(time.Millisecond)))
		}
		if err := chromedp.Do(page, chromedp.KeyEvent("\x1b")); err != nil {
			return nil, err
		}
		if _, err := chromedp.Run(page, chromedp.Poll[bool](`!document.querySelector('dialog#window').open && location.pathname === '/patients'`)); err != nil {
			return nil, err
		}
	}
	slices.Sort(ts)
	return []result{{ID: "B12", Engine: e.name, N: n, Value: ts.at(0.5), Unit: "ms", P50: ts.at(0.5), P95: ts.at(0.95), P99: ts.at(0.99),
		Goal: "p50 <= 120 ms", OK: ts.at(0.5) <= 120}}, nil
}

// arrive signs the bench's user in and opens the list.
func (s *site) arrive(page context.Context) error {
	return chromedp.Do(page, chromedp.EmulateViewport(1440, 900), chromedp.Navigate(s.http.URL+"/login"),
		chromedp.SendKeys(`input[name=username]`, s.user), chromedp.SendKeys(`input[name=password]`, benchPassword+"\r"),
		chromedp.WaitVisible(`#patients name-menu > a`))
}
