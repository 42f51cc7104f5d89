package web_test

import (
	"fmt"
	"net/http"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// Who may not see money does not open a campaign for debtors to change it, and
// what the form of a campaign does not ask is still there when it comes back.
func TestACampaignForDebtorsIsClosedToWhoMayNotSeeMoney(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		s := site.Open(t, database)
		debtors := draftOf(t, s, desk.PatientFilter{Filter: "debtor"})
		s.Hire(t, clinic.CRM)
		p := as(t, s, clinic.CRM)
		path := "/campaigns/" + fmt.Sprint(debtors.ID)
		closed := p.get(path)
		closed.wants(t, http.StatusOK, "بدهکار", "شما مخاطبان این کمپین را نمی‌بینید")
		closed.lacks(t, path+"/edit", path+"/audience", path+"/schedule", "table-sums", "گیرندگان")
		p.get(path+"/edit").wants(t, http.StatusForbidden)
		p.post(path, "request", "1", "version", "1", "title", "نوروز", "text", "{نام}").wants(t, http.StatusForbidden)
		as(t, s, clinic.Manager).get(path+"/edit").wants(t, http.StatusOK, `value="debtor" selected`)

		mine := "/campaigns/" + fmt.Sprint(draftOf(t, s, desk.PatientFilter{}).ID)
		p.get(mine).wants(t, http.StatusOK, mine+"/discard", "دور انداختن")
		p.post(path+"/discard", "request", "2", "version", "1").wants(t, http.StatusForbidden)
		gone := p.post(mine+"/discard", "request", "3", "version", "1")
		gone.wants(t, http.StatusSeeOther)
		p.get(gone.Header.Get("Location")).wants(t, http.StatusOK, "کمپین دور انداخته شد")
		p.get(mine).wants(t, http.StatusNotFound)

		here := draftOf(t, s, desk.PatientFilter{Branch: s.Manager.Branch})
		p.get("/campaigns/"+fmt.Sprint(here.ID)+"/edit").wants(t, http.StatusOK, `type="hidden" name="branch" value="`+fmt.Sprint(s.Manager.Branch)+`"`)
	})
}

// draftOf writes a draft for an audience.
func draftOf(t *testing.T, s *site.Site, f desk.PatientFilter) desk.Campaign {
	t.Helper()
	c, err := s.Desk.SaveCampaign(t.Context(), s.Manager, desk.SaveCampaign{Title: "نوروز", Text: "{نام}", Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
