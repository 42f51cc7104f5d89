package desk_test

import (
	"fmt"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/store"
	"daftar/test/drawer"
	"daftar/test/engine"
)

// T6: a history is never short of a row. What the window counts is what
// walking its pages reaches and what was done, whichever filter is on and
// whichever end one begins at.
func TestTheCountIsEveryRow(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		made, err := o.desk.AddStaff(t.Context(), o.actor, desk.AddStaff{Staff: clinic.Staff{Name: "سارا", Role: clinic.Manager}})
		if err != nil {
			t.Fatal(err)
		}
		first, second := o.actor, o.actor
		second.Staff = made.ID
		drawer.Open(t, o.desk, second)
		o.history(t, first, second)

		summary := func(v desk.View) ([]desk.SummaryRow, desk.Extent, string, string) {
			s, err := o.desk.Summary(t.Context(), o.actor, o.patient, v)
			if err != nil {
				t.Fatal(err)
			}
			return s.Rows, s.Extent, s.Newer, s.Older
		}
		transactions := func(v desk.View) ([]desk.SummaryRow, desk.Extent, string, string) {
			s, err := o.desk.Transactions(t.Context(), o.actor, o.patient, v)
			if err != nil {
				t.Fatal(err)
			}
			return s.Rows, s.Extent, s.Newer, s.Older
		}
		// 9 admissions of which 2 are drafts and 1 was cancelled, 5 receipts,
		// the registration; the second person made the 5 receipts.
		tests := map[string]struct {
			read pageReader
			view desk.View
			want int
		}{
			"everything":                  {summary, desk.View{}, 7 + 2 + 1 + 5 + 1},
			"money only":                  {summary, desk.View{Kind: "money"}, 7 + 1 + 5},
			"admissions":                  {summary, desk.View{Kind: "admission"}, 7 + 2 + 1},
			"receipts":                    {summary, desk.View{Kind: "receipt"}, 5},
			"what one person recorded":    {summary, desk.View{Narrow: store.Narrow{Staff: second.Staff}}, 5},
			"what the other recorded":     {summary, desk.View{Narrow: store.Narrow{Staff: first.Staff}}, 11},
			"receipts of who took none":   {summary, desk.View{Kind: "receipt", Narrow: store.Narrow{Staff: first.Staff}}, 0},
			"the branch":                  {summary, desk.View{Narrow: store.Narrow{Branch: first.Branch}}, 16},
			"another branch":              {summary, desk.View{Narrow: store.Narrow{Branch: first.Branch + 1}}, 0},
			"the first days":              {summary, desk.View{To: day("1405/07/13")}, 14},
			"the account":                 {transactions, desk.View{}, 13},
			"receipts in the account":     {transactions, desk.View{Kind: "receipt"}, 5},
			"one person's in the account": {transactions, desk.View{Narrow: store.Narrow{Staff: first.Staff}}, 8},
		}
		for name, tt := range tests {
			t.Run(name, func(t *testing.T) {
				tt.view.Limit = 3
				newest := walk(t, tt.read, tt.view, tt.want)
				tt.view.Oldest = true
				oldest := walk(t, tt.read, tt.view, tt.want)
				if newest != tt.want || oldest != tt.want {
					t.Errorf("%d rows from the newest on, %d from the oldest on, want %d", newest, oldest, tt.want)
				}
			})
		}
		s, err := o.desk.Summary(t.Context(), o.actor, o.patient, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		if s.Header.Events != s.Extent.Count || len(s.Drafts) != 2 || len(s.Recorders) != 2 || len(s.RecordedAt) != 1 {
			t.Errorf("header: %d events of %d, drafts %v, by %v at %v", s.Header.Events, s.Extent.Count, s.Drafts, s.Recorders, s.RecordedAt)
		}
	})
}

// history is nine admissions and five receipts over six days, some at the same
// instant.
func (o *till) history(t *testing.T, first, second clinic.Actor) {
	t.Helper()
	for i := range 9 {
		o.now = o.now.Add(time.Duration(i%3) * 8 * time.Hour)
		a, err := o.desk.Admit(t.Context(), first, desk.Admit{Patient: o.patient, Draft: i%4 == 3, Request: o.request(),
			Lines: []desk.OrderedLine{{Service: o.service, Quantity: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		if i == 4 {
			if _, err := o.desk.CancelAdmission(t.Context(), first, desk.CancelAdmission{Admission: a.Admission.ID, Reason: "انصراف", Request: o.request()}); err != nil {
				t.Fatal(err)
			}
		}
		if i%2 == 0 {
			receive := desk.Receive{Patient: o.patient, Lines: cash(1_000_000), Request: o.request()}
			if _, err := o.desk.Receive(t.Context(), second, receive); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// pageReader reads one page: rows, where it lies, and the ways on.
type pageReader func(v desk.View) (rows []desk.SummaryRow, x desk.Extent, newer, older string)

// walk turns every page of a view and counts its rows; each page must say
// rightly where it lies.
func walk(t *testing.T, read pageReader, v desk.View, count int) (reached int) {
	t.Helper()
	seen := map[string]bool{}
	for range 20 {
		rows, x, newer, older := read(v)
		before := reached
		if v.Oldest {
			before = count - reached - len(rows)
		}
		if x.Count != count || len(rows) > 0 && x.Before != before {
			t.Errorf("after %d rows: page of %d says %+v, want %d before it of %d", reached, len(rows), x, before, count)
		}
		for _, r := range rows {
			name := fmt.Sprint(r.Kind, r.ID)
			if seen[name] {
				t.Errorf("%s twice", name)
			}
			seen[name] = true
		}
		reached += len(rows)
		next, back := older, newer
		if v.Oldest {
			next, back = newer, older
		}
		if v.Cursor == "" && back != "" {
			t.Errorf("the first page leads to one before it: %s", back)
		}
		if v.Cursor = next; next == "" {
			return reached
		}
	}
	return reached
}
