package desk_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"daftar/internal/desk"
	"daftar/test/engine"
)

// lists reads debtors and creditors by what the database keeps and by the
// postings, which the list as known now is made from, and compares them.
func (o *till) lists(t *testing.T) {
	t.Helper()
	for _, list := range []func(q desk.PeopleQuery) (desk.PeopleMoney, error){
		func(q desk.PeopleQuery) (desk.PeopleMoney, error) { return o.desk.Debtors(t.Context(), o.actor, q) },
		func(q desk.PeopleQuery) (desk.PeopleMoney, error) { return o.desk.Creditors(t.Context(), o.actor, q) },
	} {
		for _, q := range []desk.PeopleQuery{{}, {Limit: 1}, {Limit: 1, Cursor: "n1"}, {Cursor: "n9"}, {All: true}, {Min: 1_000_000}, {Sort: "age"}, {Sort: "name"},
			{Text: "کریمی"}, {Age: "1"}, {Age: "4"}, {Branch: o.actor.Branch}, {Branch: o.actor.Branch + 1}} {
			kept, err := list(q)
			if err != nil {
				t.Fatal(err)
			}
			q.AsOf = desk.View{KnownAt: o.now.AddDate(1, 0, 0)}
			summed, err := list(q)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(summed, kept, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%+v: by the postings (-), kept (+):\n%s", q, diff)
			}
			if kept.Ledger != nil && *kept.Ledger != kept.Total.Amount {
				t.Errorf("the list says %v, the books %v", kept.Total.Amount, *kept.Ledger)
			}
		}
	}
	o.proves(t)
}

// What the database keeps for lists is what the postings say, through
// payments, cancellations and merges of merged files.
func TestListsByWhatIsKeptAreThoseOfTheBooks(t *testing.T) {
	engine.Each(t, func(t *testing.T, database string) {
		o := openTill(t, database)
		first, second, third := o.patient, o.another(t, "کریمی‌پور"), o.another(t, "کرمی")
		o.lists(t)
		o.admit(t, 2)
		o.receive(t, 5_000_000)
		o.lists(t)
		o.patient = second
		cancelled := o.admit(t, 1)
		o.patient = third
		o.receive(t, 700_000)
		o.lists(t)
		o.merge(t, third, second)
		o.lists(t)
		o.merge(t, second, first)
		o.lists(t)
		o.patient = third
		o.receive(t, 20_000_000)
		o.lists(t)
		if _, err := o.desk.CancelAdmission(t.Context(), o.actor, desk.CancelAdmission{Admission: cancelled, Reason: "لغو", Request: o.request()}); err != nil {
			t.Fatal(err)
		}
		o.lists(t)
		o.unmerge(t, second)
		o.lists(t)
		o.unmerge(t, third)
		o.lists(t)
	})
}
