package desk_test

import (
	"slices"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/money"
	"daftar/test/engine"
)

// Every figure of a person that can be asked for is the sum of its parts and of
// the kinds of entry that brought them, and names the entries: by which
// document, who recorded it and when.
func TestEveryFigureSaysWhoBroughtIt(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		insurer := o.insure(t)
		o.admit(t, 1)
		if _, err := o.desk.Admit(t.Context(), o.actor, desk.Admit{Patient: o.patient, Lines: []desk.OrderedLine{{Service: o.service, Quantity: 1}},
			Coverage: &desk.Insurers{Base: insurer}, Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		o.take(t, o.cheque(1, 4_000_000), cash(30_000_000)[0])
		deposit := o.deposit(t, 5_000_000)
		if _, err := o.desk.DepositToAccount(t.Context(), o.actor, o.on(deposit, 2_000_000)); err != nil {
			t.Fatal(err)
		}
		for of, kinds := range map[string][]string{"credit": {clinic.EntryReceipt, clinic.EntryDepositAccount}, "cheques": {clinic.EntryReceipt},
			"deposits": {clinic.EntryDeposit, clinic.EntryDepositAccount}, "insurer": {clinic.EntryAdmission}} {
			y, err := o.desk.Why(t.Context(), o.actor, o.patient, of, desk.View{})
			if err != nil {
				t.Fatal(err)
			}
			var parts, sum money.Amount
			var found []string
			for _, p := range y.Parts {
				parts += p.Amount
			}
			for _, k := range y.Kinds {
				sum += k.Amount
				found = append(found, k.Kind)
			}
			slices.Sort(found)
			slices.Sort(kinds)
			if y.Amount <= 0 || parts != y.Amount || sum != y.Amount || !slices.Equal(found, kinds) || len(y.Entries) == 0 {
				t.Errorf("%s is %d, its parts %d, by %v %d, of %d entries", of, y.Amount, parts, found, sum, len(y.Entries))
			}
			for _, e := range y.Entries {
				if e.Staff == "" || e.Recorded.IsZero() || !slices.Contains(append(kinds, clinic.EntryDeposit, clinic.EntryDepositAccount), e.Kind) {
					t.Errorf("%s: entry %d of kind %q by %q at %v", of, e.ID, e.Kind, e.Staff, e.Recorded)
				}
			}
		}
	})
}
