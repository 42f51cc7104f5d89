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

// leadPages are the pages and sheets of leads, with something on each. Asked
// again for a site it finds what it wrote.
func leadPages(s *site.Site) []judged {
	ctx := context.Background()
	record := func(key string, l clinic.Lead) string {
		made, _ := s.Desk.RecordLead(ctx, s.Manager, office.RecordLead{Lead: l, Request: office.Request{Key: "axe lead " + key}})
		return "/leads/" + strconv.FormatInt(int64(made.ID), 10)
	}
	known := record("known", clinic.Lead{Patient: s.Maryam, Note: "بوتاکس"})
	unknown := record("unknown", clinic.Lead{Name: "سارا رحیمی", Mobile: "09121112233", Source: "instagram"})
	if row, err := s.Desk.Clinic(ctx, s.Manager.Clinic); err == nil && !row.Contact {
		row.Contact = true
		_, _ = s.Desk.SaveClinic(ctx, s.Manager, office.Save[clinic.Clinic]{Row: row})
	}
	return []judged{
		{name: "leads", as: "receptionist", path: "/leads", shows: `[data-testid=lead-board]`},
		{name: "leads-filter", as: "receptionist", path: "/leads?q=رحیم", shows: `[data-testid=lead-board]`, click: `[data-testid=open-filter]`, then: `[data-testid=form-list-filter]`},
		{name: "leads-list", as: "receptionist", path: "/leads?view=list", shows: `[data-testid=table-leads] table`},
		{name: "lead", as: "receptionist", path: unknown, shows: `[data-testid=lead]`},
		{name: "lead-patient", as: "receptionist", path: known, shows: `[data-testid=lead]`, click: `[data-testid=patient-menu]`, then: `[data-testid=menu-lead]`},
		{name: "lead-new", as: "doctor", path: "/leads/new", shows: `[data-testid=sheet-lead]`},
		{name: "lead-state", as: "receptionist", path: unknown + "/state?to=lost", shows: `[data-testid=sheet-lead_state]`},
		{name: "lead-call", as: "receptionist", path: unknown + "/activities/new", shows: `[data-testid=sheet-activity]`},
		{name: "contact", path: "/contact", shows: `[data-testid=form-contact]`},
		{name: "contact-refused", path: "/contact", shows: `[data-testid=form-contact]`, click: `[data-testid=form-contact] button`, then: `.alert`},
		{name: "contact-setting", as: "manager", path: "/settings/contact", shows: `[data-testid=form-setting]`},
	}
}

// leadState is the state on the page of a lead.
const leadState = `(document.querySelector('[data-testid=lead-state]')?.textContent ?? '')`

// A lead to an admission: the receptionist opens the board, calls somebody whom
// the register does not know, books, receives and admits; the lead says that it
// was converted.
func TestALeadBecomesAnAdmission(t *testing.T) {
	h := openHouse(t)
	_, botox := h.site.Calendar(t)
	l, err := h.site.Desk.RecordLead(t.Context(), h.site.Manager, office.RecordLead{Lead: clinic.Lead{Name: "سارا رحیمی", Mobile: "09121112233", Service: botox}})
	if err != nil {
		t.Fatal(err)
	}
	page := "/leads/" + strconv.FormatInt(int64(l.ID), 10)
	sara := h.at("receptionist")
	sara.do(chromedp.Navigate(sara.url+"/leads"), chromedp.WaitVisible(`[data-testid=column-new] li`))
	sara.do(chromedp.Click(`[data-testid=column-new] li a`), chromedp.WaitVisible(`[data-testid=lead]`))
	sara.presses(`[data-testid=lead-actions]`, "ثبت تماس یا پیگیری")
	sara.sheet("activity")
	sara.until(value("subject") + ` === 'بوتاکس'`)
	sara.picks("outcome", string(clinic.OutcomeAnswered))
	sara.ctrlEnter()
	sara.do(chromedp.WaitVisible(`[data-testid=lead]`))
	sara.wants(leadState, "در حال پیگیری")

	// On the way to the appointment she becomes a patient.
	sara.presses(`[data-testid=lead-actions]`, "ثبت نوبت")
	sara.do(chromedp.WaitVisible(`[data-testid=form-register]`))
	sara.until(value("first_name") + ` === 'سارا' && ` + value("last_name") + ` === 'رحیمی' && ` + value("mobile") + ` === '۰۹۱۲۱۱۱۲۲۳۳'`)
	sara.do(chromedp.Click(`[data-testid=register-do]`), chromedp.WaitVisible(`[data-testid=sheet-appointment]`))
	sara.until(value("service") + ` === '` + strconv.FormatInt(int64(botox), 10) + `'`)
	sara.until(`document.querySelectorAll('[data-testid=times-soon] [data-slot]').length === 6`)
	sara.do(chromedp.Click(`[data-testid=times-soon] [data-slot]`))
	sara.until(value("clock") + ` === '۱۱:۳۰'`)
	sara.picks("method", "")
	sara.ctrlEnter()
	sara.do(chromedp.WaitVisible(`[data-testid=lead]`))
	sara.wants(leadState, "نوبت گرفت")

	sara.presses(`[data-testid=lead-actions]`, "ثبت حضور")
	sara.do(chromedp.WaitVisible(`[data-testid^=sheet-]`))
	sara.ctrlEnter()
	sara.do(chromedp.WaitVisible(`[data-testid=lead]`))
	sara.presses(`[data-testid=lead-actions]`, "پذیرش")
	sara.do(chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	sara.until(value("service-0") + ` === 'بوتاکس'`)
	sara.ctrlEnter()
	sara.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	sara.do(chromedp.Navigate(sara.url+page), chromedp.WaitVisible(`[data-testid=lead]`))
	sara.wants(leadState, "تبدیل شد")
	sara.wants(`document.querySelectorAll('[data-testid=lead-story] li').length + ''`, "5")
}
