package browser_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// activityPages are the pages and sheets of activities, with something on each.
// Asked again for a site it finds what it wrote.
func activityPages(s *site.Site) []judged {
	ctx := context.Background()
	var all []clinic.Activity
	for _, subject := range []string{"قیمت ایمپلنت", "پیگیری آزمایش"} {
		a, _ := s.Desk.AddActivity(ctx, s.Manager, office.AddActivity{Activity: clinic.Activity{Patient: s.Maryam, Kind: clinic.CallOut, Subject: subject},
			Request: office.Request{Key: "axe " + subject}})
		all = append(all, a)
	}
	_, _ = s.Desk.CompleteActivity(ctx, s.Manager, office.CompleteActivity{Activity: all[1].ID, Outcome: clinic.OutcomeAgain, Result: "فردا",
		Next: &clinic.NextActivity{Due: "2026-11-27"}, Request: office.Request{Key: "axe done"}})
	open, done := strconv.FormatInt(int64(all[0].ID), 10), strconv.FormatInt(int64(all[1].ID), 10)
	maryam := "/patients/" + strconv.FormatInt(int64(s.Maryam), 10)
	return []judged{
		{name: "report-crm", as: "receptionist", path: "/reports/crm?by=kind", shows: `.cell-bar`},
		{name: "activities", as: "receptionist", path: "/activities?done=" + done, shows: `[data-testid=table-activities] table`, click: `.row-more summary`, then: `.row-more[open]`},
		{name: "activities-done", as: "receptionist", path: "/activities?view=done", shows: `[data-testid=row-activity-` + done + `]`},
		{name: "activities-none", as: "receptionist", path: "/activities?kind=social", shows: `.empty`},
		{name: "crm-tab", as: "receptionist", path: maryam + "/statement/crm", shows: `[data-testid=row-activity-` + open + `]`},
		{name: "activity-new", as: "receptionist", path: maryam + "/activities/new", shows: `[data-testid=sheet-activity]`},
		{name: "activity-complete", as: "receptionist", path: "/activities/" + open + "/complete", shows: `[data-testid=sheet-activity_complete]`},
		{name: "activity-rules", as: "manager", path: "/settings/activities", shows: `[data-testid=form-setting]`},
	}
}

// The receptionist calls, writes down that nobody answered and that she will
// call again today, and in the evening completes that from her day, by keys.
func TestACallIsFollowedUpByTheKeyboard(t *testing.T) {
	d := sit(t, 1440, 900)
	d.windowOf("مریم احمدی")
	d.keys("f")
	d.sheet("activity")
	d.until(`document.activeElement?.id === 'subject'`)
	d.keys("قیمت ایمپلنت")
	d.do(chromedp.Click(`#done`))
	d.picks("outcome", string(clinic.OutcomeNoAnswer))
	d.picks("next_kind", string(clinic.CallOut))
	d.ctrlEnter()
	d.refused("activity", "روز") // of the next one
	d.writes("next_due", "امروز")
	d.ctrlEnter()
	d.until(`!document.querySelector('.sheet')`)
	d.until(toast + `.includes('ثبت شد')`)
	d.tabIs("crm")
	d.wants(`document.querySelectorAll('[data-testid^=row-activity-]').length`+` + ''`, "2")
	d.wants(`document.querySelector('[data-testid=statement-window]').textContent.includes('پاسخ نداد') ? 'yes' : 'no'`, "yes")

	d.do(chromedp.Navigate(d.url+"/activities"), chromedp.WaitVisible(`[data-testid=table-activities] table`))
	d.wants(`document.querySelectorAll('[data-testid^=row-activity-]').length`+` + ''`, "1")
	d.keys("j")
	d.wants(focused, "مریم احمدی")
	d.keys("r") // the result is asked for on a sheet
	d.do(chromedp.WaitVisible(`[data-testid=sheet-activity_complete]`))
	d.until(`document.activeElement?.id === 'outcome'`)
	d.keys(kb.Escape)
	d.do(chromedp.WaitVisible(`[data-testid=table-activities] table`))
	d.keys("j")
	d.wants(focused, "مریم احمدی")
	d.keys("d")
	d.do(chromedp.WaitVisible(`tr.changed`))
	d.wants(`document.querySelector('tr.changed .pill.ok') ? 'yes' : 'no'`, "yes")
	d.do(chromedp.Navigate(d.url+"/activities"), chromedp.WaitVisible(`.empty`))
}
