package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
)

// What is asked about leads with every click is found by keys, and the pages of
// the list and the columns of the board come in the order of an index.
func TestLeadsAreFoundByKeys(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	kept := growing
	growing = append(append([]string{}, growing...), "lead", "lead_event", "activity")
	t.Cleanup(func() { growing = kept })
	ctx, now, files := t.Context(), time.Now(), clinic.Files{1}
	key := &LeadKey{now, 1}
	err = s.Read(ctx, 1, func(tx *Tx) error {
		for _, q := range []LeadQuery{
			{Limit: 51}, {Limit: 51, After: key}, {Staff: 1, Limit: 51, After: key}, // the list, and one's own
			{Statuses: []clinic.LeadStatus{clinic.LeadNew}, Limit: 20}, {Statuses: []clinic.LeadStatus{clinic.LeadLost}, Limit: 51, After: key}, // a column
		} {
			tx.ListLeads(ctx, q)
		}
		tx.Lead(ctx, 1)
		tx.LeadEvents(ctx, 1, 200)
		tx.OpenLeadsOf(ctx, files)
		tx.OpenLeadsOfMobile(ctx, "09121234567")
		tx.LeadsOfAppointment(ctx, 1)
		tx.LeadsOfAdmission(ctx, 1)
		tx.ActivitiesOfLead(ctx, 1)
		tx.OtherAdmissions(ctx, files, 1)
		tx.LeadRows(ctx, files, 0, Range{Limit: 51})
		tx.CountLeadRows(ctx, files, 0, Range{})
		tx.CountLeads(ctx, LeadQuery{Statuses: []clinic.LeadStatus{clinic.LeadNew}})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.reading.prepareWanted(ctx)
	asked := 0
	for query := range s.reading.ready {
		if !strings.Contains(query, "lead") && !strings.Contains(query, "admission") {
			continue
		}
		asked++
		plan := planOf(t, s.reader, query)
		for i, step := range plan {
			// A page of the list walks the index of its order, and one page that was
			// cut is read whole. Who works here are few.
			walk := strings.Contains(step, "USING INDEX lead_by_age") && strings.Contains(query, "SELECT l.* FROM lead l")
			cut := i > 0 && (step == "SCAN l" || step == "SCAN a")
			small := strings.HasPrefix(step, "SEARCH s ") || strings.HasPrefix(step, "SEARCH b ")
			if table, bad := scans(step); bad && !walk && !cut && !small {
				t.Errorf("scans %s (%s):\n%s\n%s", table, step, query, strings.Join(plan, "\n"))
			}
			// Few of a person or an appointment are sorted; what a page is cut from is
			// not.
			if strings.Contains(step, "TEMP B-TREE") && strings.Contains(query, "SELECT l.* FROM lead l") && i < 2 {
				t.Errorf("sorts what a page is cut from:\n%s\n%s", query, strings.Join(plan, "\n"))
			}
		}
	}
	if asked < 12 {
		t.Errorf("only %d statements were met", asked)
	}
}
