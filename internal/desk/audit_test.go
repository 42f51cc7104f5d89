package desk_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// wholeLog is every line that the query finds, over as many pages as it takes.
func (o office) wholeLog(t *testing.T, actor clinic.Actor, q desk.AuditQuery) (rows []desk.AuditRow) {
	t.Helper()
	for range 1000 {
		page, err := o.AuditLog(t.Context(), actor, q)
		if err != nil {
			t.Fatal(err)
		}
		if q.Limit > 0 && len(page.Rows) > q.Limit {
			t.Fatalf("a page of %d has %d rows", q.Limit, len(page.Rows))
		}
		rows = append(rows, page.Rows...)
		if page.Older == "" {
			return rows
		}
		q.Cursor = page.Older
	}
	t.Fatal("the pages have no end")
	return nil
}

// actionsOf are the actions of lines, without the reading of the audit itself.
func actionsOf(rows []desk.AuditRow) (actions []string) {
	for _, r := range rows {
		if r.Action != "audit.read" {
			actions = append(actions, r.Action)
		}
	}
	return actions
}

// Whatever is done to a person or shown of them is found by their name.
func TestWhatHappenedToAPersonIsFoundByThem(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی", Mobile: "09123456789"})
		o.register(t, clinic.Patient{FirstName: "نگار", LastName: "سلطانی"})
		m, ctx := o.manager, t.Context()
		take := desk.Receive{Patient: p.ID, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1000}}}
		try := take
		try.Request.DryRun = true
		for _, step := range []struct {
			name, action string
			do           func() error
		}{
			{"reading", "patient.read", func() error { _, err := o.Patient(ctx, m, p.ID); return err }},
			{"reading by file number", "patient.read", func() error { _, err := o.PatientByFileNumber(ctx, m, p.FileNumber); return err }},
			{"the list", "patient.list", func() error { _, err := o.Patients(ctx, m, desk.PatientQuery{}); return err }},
			{"a search that finds", "patient.list", func() error { _, err := o.Patients(ctx, m, desk.PatientQuery{Text: "مری"}); return err }},
			{"a search that finds others", "", func() error { _, err := o.Patients(ctx, m, desk.PatientQuery{Text: "نگار"}); return err }},
			{"those alike", "patient.list", func() error {
				_, err := o.SimilarPatients(ctx, m, clinic.Patient{FirstName: "مریم", LastName: "احمدی", Mobile: "09123456789"})
				return err
			}},
			{"insurances", "coverage.read", func() error { _, err := o.Coverages(ctx, m, p.ID); return err }},
			{"the summary", "statement.read", func() error { _, err := o.Summary(ctx, m, p.ID, desk.View{}); return err }},
			{"the transactions", "statement.money", func() error { _, err := o.Transactions(ctx, m, p.ID, desk.View{}); return err }},
			{"the balance", "balance.read", func() error { _, err := o.Balance(ctx, m, p.ID, desk.View{}); return err }},
			{"a receipt that is tried", "receipt.write.preview", func() error { _, err := o.Receive(ctx, m, try); return err }},
			{"a receipt", "receipt.write", func() error { _, err := o.Receive(ctx, m, take); return err }},
			{"the books", "export.journal", func() error { return o.ExportJournal(ctx, m, &bytes.Buffer{}, desk.JournalQuery{}) }},
		} {
			o.clock.pass(time.Second)
			before := actionsOf(o.wholeLog(t, m, desk.AuditQuery{Patient: p.ID}))
			o.clock.pass(time.Second)
			if err := step.do(); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			want := before
			if step.action != "" {
				want = append([]string{step.action}, before...)
			}
			if got := actionsOf(o.wholeLog(t, m, desk.AuditQuery{Patient: p.ID})); !slices.Equal(got, want) {
				t.Errorf("%s: %v; want %v", step.name, got, want)
			}
		}
	})
}

// Random reading and writing by several people: the audit of each patient and
// of each member of staff is what was done, whatever the size of the pages.
func TestTheAuditIsWhatWasDone(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		random := rand.New(rand.NewPCG(14, uint64(time.Now().UnixNano())))
		names := []string{"مریم", "زهرا", "علی"}
		ofPatient, ofStaff := map[clinic.PatientID][]string{}, map[clinic.StaffID][]string{}
		var patients []clinic.PatientID
		actors := []clinic.Actor{o.manager}
		for i := range 2 {
			s := o.hire(t, "front"+strconv.Itoa(i))
			actors = append(actors, clinic.Actor{Clinic: o.manager.Clinic, Branch: s.Branch, Staff: s.ID, Role: s.Role, Origin: "page"})
		}
		o.clock.pass(time.Minute)
		began := o.clock.now()
		note := func(a clinic.Actor, action string, whom ...clinic.PatientID) {
			line := o.clock.now().Format("15:04:05 ") + action
			ofStaff[a.Staff] = append(ofStaff[a.Staff], line)
			for _, id := range whom {
				ofPatient[id] = append(ofPatient[id], line)
			}
		}
		for range 150 {
			o.clock.pass(time.Second)
			a := actors[random.IntN(len(actors))]
			choice := random.IntN(6)
			if len(patients) < 3 {
				choice = 0
			}
			o.randomStep(t, random, a, choice, names, &patients, note)
		}
		o.clock.pass(time.Second)
		since := desk.AuditQuery{Limit: 1 + random.IntN(7), Scan: 20 + random.IntN(30)}
		compare := func(what string, q desk.AuditQuery, want []string) {
			var got []string
			for _, r := range o.wholeLog(t, o.manager, q) {
				if !r.At.Before(began) && r.Action != "audit.read" {
					got = append(got, r.At.Format("15:04:05 ")+r.Action)
				}
			}
			slices.Reverse(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s with %+v:\n got %v\nwant %v", what, q, got, want)
			}
		}
		for _, id := range patients {
			since.Patient = id
			compare(fmt.Sprint("patient ", id), since, ofPatient[id])
		}
		since.Patient = 0
		for _, a := range actors {
			since.Staff = a.Staff
			compare(fmt.Sprint("staff ", a.Staff), since, ofStaff[a.Staff])
		}
	})
}

func (o office) randomStep(t *testing.T, random *rand.Rand, a clinic.Actor, choice int, names []string, patients *[]clinic.PatientID,
	note func(a clinic.Actor, action string, whom ...clinic.PatientID)) {
	t.Helper()
	ctx, some := t.Context(), clinic.PatientID(0)
	if len(*patients) > 0 {
		some = (*patients)[random.IntN(len(*patients))]
	}
	var err error
	switch choice {
	case 0:
		var p clinic.Patient
		p, err = o.RegisterPatient(ctx, a, desk.RegisterPatient{Patient: clinic.Patient{FirstName: names[random.IntN(len(names))], LastName: "احمدی"}})
		*patients = append(*patients, p.ID)
		note(a, "patient.register", p.ID)
	case 1:
		_, err = o.Patient(ctx, a, some)
		note(a, "patient.read", some)
	case 2:
		var page desk.PatientPage
		page, err = o.Patients(ctx, a, desk.PatientQuery{Text: names[random.IntN(len(names))], Limit: 3})
		var whom []clinic.PatientID
		for _, i := range page.Items {
			whom = append(whom, i.Patient.ID)
		}
		note(a, "patient.list", whom...)
	case 3:
		_, err = o.Receive(ctx, a, desk.Receive{Patient: some, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10}},
			Request: desk.Request{DryRun: random.IntN(2) == 0}})
		if line := o.audit(t)[0]; line.Action == "receipt.write.preview" {
			note(a, line.Action, some)
		} else {
			note(a, "receipt.write", some)
		}
	case 4:
		_, err = o.Summary(ctx, a, some, desk.View{})
		note(a, "statement.read", some)
	case 5:
		err = o.AuditRefusal(ctx, a, desk.Refusal{Route: "GET /x", Object: "patient", ID: int64(some), People: true,
			Err: fault.New(fault.Forbidden, "permission", "no")})
		note(a, "denied", some)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A page looks through a bounded number of lines and says where it stopped.
func TestAPageOfTheAuditIsBounded(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		other := o.register(t, clinic.Patient{FirstName: "نگار", LastName: "سلطانی"})
		o.clock.pass(time.Second)
		if _, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "مریم"}); err != nil {
			t.Fatal(err)
		}
		for range 50 {
			o.clock.pass(time.Second)
			if _, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "نگار"}); err != nil {
				t.Fatal(err)
			}
		}
		q := desk.AuditQuery{Patient: p.ID, Group: "reads", Scan: 10}
		page, err := o.AuditLog(t.Context(), o.manager, q)
		if err != nil || len(page.Rows) != 0 || page.Older == "" || page.Until.IsZero() {
			t.Fatalf("the first page: %+v, %v", page, err)
		}
		if got := actionsOf(o.wholeLog(t, o.manager, q)); !slices.Equal(got, []string{"patient.list"}) {
			t.Errorf("in the end: %v", got)
		}
		if got := o.wholeLog(t, o.manager, desk.AuditQuery{Patient: other.ID, Group: "reads", Limit: 7}); len(got) != 50 {
			t.Errorf("%d lists showed the other", len(got))
		}
	})
}

func TestTheAuditIsReadByGroupAndDay(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		o.clock.pass(24 * time.Hour)
		if _, err := o.Receive(t.Context(), o.manager, desk.Receive{Patient: p.ID, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10}}}); err != nil {
			t.Fatal(err)
		}
		o.clock.pass(24 * time.Hour)
		if _, err := o.Patient(t.Context(), o.manager, p.ID); err != nil {
			t.Fatal(err)
		}
		for name, tt := range map[string]struct {
			q    desk.AuditQuery
			want []string
		}{
			"reads":       {desk.AuditQuery{Group: "reads"}, []string{"patient.read"}},
			"money":       {desk.AuditQuery{Group: "money"}, []string{"receipt.write"}},
			"writes":      {desk.AuditQuery{Group: "writes", Patient: p.ID}, []string{"receipt.write", "patient.register"}},
			"from a day":  {desk.AuditQuery{Patient: p.ID, From: "2026-11-24"}, []string{"patient.read", "receipt.write"}},
			"to a day":    {desk.AuditQuery{Patient: p.ID, To: "2026-11-23"}, []string{"patient.register"}},
			"of one day":  {desk.AuditQuery{Patient: p.ID, From: "2026-11-24", To: "2026-11-24"}, []string{"receipt.write"}},
			"nothing yet": {desk.AuditQuery{Group: "exports"}, nil},
		} {
			if got := actionsOf(o.wholeLog(t, o.manager, tt.q)); !slices.Equal(got, tt.want) {
				t.Errorf("%s: %v; want %v", name, got, tt.want)
			}
		}
		for name, tt := range map[string]struct {
			q    desk.AuditQuery
			kind fault.Kind
			code string
		}{
			"an unknown group":   {desk.AuditQuery{Group: "x"}, fault.Invalid, "audit.group"},
			"an unknown patient": {desk.AuditQuery{Patient: 9}, fault.NotFound, "patient.none"},
			"an unknown person":  {desk.AuditQuery{Staff: 9}, fault.NotFound, "staff.none"},
			"days the other way": {desk.AuditQuery{From: "2026-11-24", To: "2026-11-23"}, fault.Invalid, "view.range"},
			"a foreign cursor":   {desk.AuditQuery{Cursor: "n.1.1"}, fault.Invalid, "page.cursor"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := o.AuditLog(t.Context(), o.manager, tt.q)
				refuses(t, err, tt.kind, tt.code)
			})
		}
		_, err := o.AuditLog(t.Context(), o.as(clinic.Supervisor), desk.AuditQuery{})
		refuses(t, err, fault.Forbidden, "permission")
	})
}

// Reading the audit leaves a line that names whom it named.
func TestReadingTheAuditIsAudited(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		o.clock.pass(time.Second)
		o.wholeLog(t, o.manager, desk.AuditQuery{})
		line := o.audit(t)[0]
		if line.Action != "audit.read" || line.Patient != 0 || !slices.Equal(line.Shown.People(), []clinic.PatientID{p.ID}) {
			t.Errorf("%+v", line)
		}
		o.wholeLog(t, o.manager, desk.AuditQuery{Patient: p.ID})
		if line := o.audit(t)[0]; line.Action != "audit.read" || line.Patient != p.ID {
			t.Errorf("%+v", line)
		}
		if _, err := o.ExportAudit(t.Context(), o.manager, desk.AuditQuery{}, func(desk.AuditRow) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if line := o.audit(t)[0]; line.Action != "audit.export" || !line.Shown.All() {
			t.Errorf("%+v", line)
		}
	})
}

// A list's line says whom it showed.
func TestALineOpens(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی پور"})
		o.clock.pass(time.Second)
		if _, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "مریم"}); err != nil {
			t.Fatal(err)
		}
		line := o.audit(t)[0]
		row, people, err := o.AuditLine(t.Context(), o.manager, line.ID)
		if err != nil || row.Shown != 2 || len(people) != 2 {
			t.Fatalf("%+v, %v, %v", row, people, err)
		}
		_, _, err = o.AuditLine(t.Context(), o.manager, 1)
		refuses(t, err, fault.NotFound, "audit.none")
		_, _, err = o.AuditLine(t.Context(), o.as(clinic.Doctor), line.ID)
		refuses(t, err, fault.Forbidden, "permission")
	})
}
