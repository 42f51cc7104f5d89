package desk_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/test/engine"
)

// Who chooses an admission that cannot be paid or written off is told why.
func TestAnAdmissionThatCannotBePaidSaysWhy(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		draft, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Draft: true, Lines: []desk.OrderedLine{{Service: o.service, Quantity: 1}}})
		if err != nil {
			t.Fatal(err)
		}
		own, stranger := o.patient, o.another(t, "غریبه")
		o.patient = stranger
		others := o.admit(t, 1)
		o.patient = own
		paid := o.admit(t, 1)
		o.receive(t, 4_500_000)
		for name, c := range map[string]struct {
			admission clinic.AdmissionID
			kind      fault.Kind
			code      string
			writeOff  string
		}{
			"another person's": {others, fault.Refused, "admission.other", "admission.other"},
			"a draft":          {draft.Admission.ID, fault.Refused, "admission.not_charged", "admission.not_charged"},
			"none":             {17, fault.NotFound, "admission.none", "admission.none"},
			"paid already":     {paid, fault.Refused, "allocation.not_open", "write_off.more_than_debt"},
		} {
			t.Run(name, func(t *testing.T) {
				_, err := o.desk.Receive(t.Context(), o.actor, desk.Receive{Patient: own, Lines: cash(5), Request: o.request(),
					Allocations: []clinic.Choice{{Admission: c.admission, Amount: 5}}})
				refuses(t, err, c.kind, c.code)
				if e, ok := fault.As(err); ok && e.Field != "allocations" {
					t.Errorf("at %q", e.Field)
				}
				_, err = o.desk.WriteOff(t.Context(), o.actor, desk.WriteOff{Patient: own, Amount: 5, Reason: "x", Admission: c.admission, Request: o.request()})
				refuses(t, err, c.kind, c.writeOff)
			})
		}
	})
}
