package desk_test

import (
	"slices"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// A manager of one branch reads what that branch did, and of its people what
// anybody did; who is known elsewhere stays unknown.
func TestTheAuditKeepsToTheBranch(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		north, err := o.SaveBranch(t.Context(), o.manager, desk.Save[clinic.Branch]{Row: clinic.Branch{Code: "north", Name: "شمال"}})
		if err != nil {
			t.Fatal(err)
		}
		here := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		there := o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "موسوی", Branch: north.ID})
		colleague, err := o.AddStaff(t.Context(), o.manager, desk.AddStaff{Staff: clinic.Staff{Name: "همکار شمال", Role: clinic.Manager, Branch: north.ID}})
		if err != nil {
			t.Fatal(err)
		}
		far := clinic.Actor{Clinic: o.manager.Clinic, Staff: colleague.ID, Branch: north.ID, Role: clinic.Manager}
		reader := o.manager
		reader.Withdrawn = clinic.RightsOf(clinic.AllBranches)
		o.clock.pass(time.Minute)
		for _, p := range []clinic.Patient{here, there} {
			if _, err := o.Patient(t.Context(), far, p.ID); err != nil {
				t.Fatal(err)
			}
		}
		for _, r := range o.wholeLog(t, reader, desk.AuditQuery{Group: "reads"}) {
			if r.Staff == colleague.ID {
				t.Errorf("the reader sees what the other branch did: %+v", r)
			}
		}
		if got := actionsOf(o.wholeLog(t, reader, desk.AuditQuery{Patient: here.ID})); !slices.Equal(got, []string{"patient.read", "patient.register"}) {
			t.Errorf("of a person of the branch: %v", got)
		}
		hidden := 0
		for _, r := range o.wholeLog(t, reader, desk.AuditQuery{Group: "writes"}) {
			if r.Hidden {
				hidden++
			}
			if r.Patient.ID == there.ID || r.Patient.LastName == "موسوی" {
				t.Errorf("the reader sees who is known elsewhere: %+v", r)
			}
		}
		if hidden != 1 {
			t.Errorf("%d hidden people, want the one that the reader's colleague registered", hidden)
		}
		_, err = o.AuditLog(t.Context(), reader, desk.AuditQuery{Patient: there.ID})
		refuses(t, err, fault.NotFound, "patient.none")
		_, err = o.AuditLog(t.Context(), reader, desk.AuditQuery{Staff: colleague.ID})
		refuses(t, err, fault.NotFound, "staff.none")
		_, _, err = o.AuditLine(t.Context(), reader, o.lineOf(t, colleague.ID))
		refuses(t, err, fault.NotFound, "audit.none")
	})
}

// lineOf is the newest line of a member of staff.
func (o office) lineOf(t *testing.T, staff clinic.StaffID) int64 {
	t.Helper()
	for _, l := range o.audit(t) {
		if l.Staff == staff {
			return l.ID
		}
	}
	t.Fatalf("staff %d has no line", staff)
	return 0
}

// Files that were merged are one person, whichever of them is asked about.
func TestTheAuditOfMergedFiles(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		winner := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		loser := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "پور"})
		o.clock.pass(time.Second)
		if _, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "پور"}); err != nil {
			t.Fatal(err)
		}
		o.clock.pass(time.Second)
		if _, err := o.MergePatients(t.Context(), o.manager, desk.MergePatients{Loser: loser.ID, Winner: winner.ID, Reason: "همان است"}); err != nil {
			t.Fatal(err)
		}
		want := []string{"patient.merge", "patient.merge", "patient.list", "patient.register", "patient.register"}
		for _, id := range []clinic.PatientID{winner.ID, loser.ID} {
			if got := actionsOf(o.wholeLog(t, o.manager, desk.AuditQuery{Patient: id, Limit: 2})); !slices.Equal(got, want) {
				t.Errorf("of %d: %v", id, got)
			}
		}
	})
}
