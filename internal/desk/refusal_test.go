package desk_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// denials are the newest lines of refusals, oldest first.
func (o office) denials(t *testing.T) (lines []store.Audit) {
	t.Helper()
	for _, l := range o.audit(t) {
		if desk.AuditGroup(l.Action) == "refused" {
			lines = append(lines, l)
		}
	}
	slices.Reverse(lines)
	return lines
}

func TestRefusalsAreAudited(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, clinic.Patient{FirstName: "مریم", LastName: "احمدی"})
		made, err := o.Receive(t.Context(), o.manager, desk.Receive{Patient: p.ID, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 10}}})
		if err != nil {
			t.Fatal(err)
		}
		receipt := int64(made.Receipt.ID)
		o.clock.pass(time.Second)
		crm := o.as(clinic.CRM)
		forbidden := crm.May(clinic.ReceiveMoney)
		none := fault.New(fault.NotFound, "patient.none", "none")
		for name, tt := range map[string]struct {
			refusal desk.Refusal
			want    []store.Audit
		}{
			"money without the right": {desk.Refusal{Route: "POST /patients/{patient}/receipts", Object: "patient", ID: int64(p.ID), People: true, Err: forbidden},
				[]store.Audit{{Action: "denied", Patient: p.ID, Detail: "POST /patients/{patient}/receipts receipt.write"}}},
			"a page without the right": {desk.Refusal{Route: "GET /x", Err: forbidden}, []store.Audit{{Action: "denied", Detail: "GET /x receipt.write"}}},
			"a person who is hidden": {desk.Refusal{Route: "GET /p", Object: "patient", ID: 77, People: true, Err: none},
				[]store.Audit{{Action: "denied", Patient: 77, Detail: "GET /p patient.none"}}},
			"a receipt of a person": {desk.Refusal{Route: "POST /a", Object: "receipt", ID: receipt, People: true, Err: none},
				[]store.Audit{{Action: "denied", Patient: p.ID, Object: receipt, Detail: "POST /a patient.none"}}},
			"an admission of nobody": {desk.Refusal{Route: "POST /a", Object: "admission", ID: 5, People: true, Err: forbidden},
				[]store.Audit{{Action: "denied", Object: 5, Detail: "POST /a receipt.write"}}},
			"a service that is not there":    {desk.Refusal{Route: "GET /s", Object: "service", ID: 5, Err: none}, nil},
			"an address that is none":        {desk.Refusal{Route: "GET /p", Object: "patient", ID: 5, People: true, Err: fault.New(fault.NotFound, "page.none", "")}, nil},
			"a form that is filled in badly": {desk.Refusal{Route: "POST /p", Object: "patient", ID: 5, People: true, Err: fault.New(fault.Invalid, "x", "")}, nil},
		} {
			t.Run(name, func(t *testing.T) {
				before := len(o.denials(t))
				o.clock.pass(time.Second)
				if err := o.AuditRefusal(t.Context(), crm, tt.refusal); err != nil {
					t.Fatal(err)
				}
				got := o.denials(t)[before:]
				for i := range got {
					got[i].ID, got[i].At, got[i].Staff, got[i].Origin, got[i].Shown = 0, time.Time{}, 0, "", nil
				}
				if len(got) != len(tt.want) || len(got) == 1 && !sameLine(got[0], tt.want[0]) {
					t.Errorf("%+v; want %+v", got, tt.want)
				}
			})
		}
	})
}

func sameLine(a, b store.Audit) bool {
	return a.Action == b.Action && a.Patient == b.Patient && a.Object == b.Object && a.Detail == b.Detail
}

// Nobody fills the disk by being refused: the lines of a minute are bounded, and
// they say how many there were.
func TestRefusalsAreBounded(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		refuse := func(a clinic.Actor, times int) {
			for range times {
				err := o.AuditRefusal(t.Context(), a, desk.Refusal{Route: "GET /x", Err: fault.New(fault.Forbidden, "permission", "no")})
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		refuse(o.manager, 1000)
		var more []string
		single := 0
		for _, l := range o.denials(t) {
			if l.Action == "denied.more" {
				more = append(more, l.Detail)
			} else {
				single++
			}
		}
		if single != 30 || strings.Join(more, " ") != "31 32 34 38 46 62 94 158 286 542" {
			t.Errorf("%d single lines and %v", single, more)
		}
		other := o.manager
		other.Staff = 99
		refuse(other, 1)
		if lines := o.denials(t); lines[len(lines)-1].Staff != 99 {
			t.Error("the refusals of one hide those of another")
		}
		o.clock.pass(time.Minute)
		refuse(o.manager, 1)
		if lines := o.denials(t); lines[len(lines)-1].Action != "denied" {
			t.Error("the next minute has no line")
		}
	})
}

// Who fails to sign in is written down, without what was typed.
func TestFailedSignInsAreAudited(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		wrong := fault.New(fault.Refused, "login.wrong", "wrong")
		for name, tt := range map[string]struct {
			username string
			staff    clinic.StaffID
		}{"a known username": {" Front1", s.ID}, "a password in the wrong field": {"hunter2!", 0}} {
			o.clock.pass(time.Minute)
			err := o.AuditSignInFailed(t.Context(), []clinic.ID{o.manager.Clinic}, tt.username, "page 10.0.0.7", wrong)
			if err != nil {
				t.Fatal(err)
			}
			line := o.audit(t)[0]
			if line.Action != "session.refused" || line.Staff != tt.staff || line.Origin != "page 10.0.0.7" || line.Detail != "login.wrong" {
				t.Errorf("%s: %+v", name, line)
			}
		}
		for range 1000 {
			if err := o.AuditSignInFailed(t.Context(), []clinic.ID{o.manager.Clinic}, "nobody", "page", wrong); err != nil {
				t.Fatal(err)
			}
		}
		if n := len(o.denials(t)); n > 50 {
			t.Errorf("%d lines", n)
		}
	})
}

func TestSigningOutIsAudited(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.hire(t, "front1")
		token := o.signIn(t, "front1")
		for range 2 {
			if err := o.SignOut(t.Context(), token, "page 10.0.0.7"); err != nil {
				t.Fatal(err)
			}
		}
		lines := o.audit(t)
		if l := lines[0]; l.Action != "session.end" || l.Staff != s.ID || l.Origin != "page 10.0.0.7" || lines[1].Action == "session.end" {
			t.Errorf("%+v", lines[:2])
		}
	})
}
