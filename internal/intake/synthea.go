package intake

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// syntheaSource is the name under which imported rows are remembered.
const syntheaSource = "synthea"

// Synthea imports a folder of Synthea's CSV into the clinic of the
// installation that keeps its books in USD; it is made when there is no clinic
// at all. Encounters become admissions, claim transactions postings, and the
// amount that is left of a charge after each row must be what the file says.
// Rows of an earlier import are left alone.
//
// Invalid import.rows with file, line, column and reason of up to twenty wrong
// rows; Conflict import.changed for a row that was imported with other content;
// Refused import.currency without a clinic in USD. After an error nothing is
// imported.
func Synthea(ctx context.Context, d *desk.Desk, dir string, o Options) (Report, error) {
	set, err := readSynthea(dir)
	if err != nil {
		return Report{}, err
	}
	report := set.report()
	actor, found, err := clinicIn(ctx, d, money.USD)
	if err != nil {
		return Report{}, err
	}
	if !found && o.DryRun {
		report.New = len(set.patients) + len(set.admissions)
		return report, nil
	}
	if !found {
		actor, err = d.CreateClinic(ctx, desk.NewClinic{ID: 1, Name: "Synthea", Currency: money.USD.Code, Zone: "UTC",
			StaffName: "Synthea import"})
		if err != nil {
			return Report{}, err
		}
	}
	err = d.Batch(ctx, actor, o.DryRun, func(b desk.Batch) error {
		book := newSyntheaBook(b, actor.Branch, set, o)
		if err := book.all(ctx); err != nil {
			return err
		}
		report.New, report.Known = book.added, book.known
		if book.added == 0 {
			return nil // twice is no change, in the audit either
		}
		return b.Audit(ctx, "import.synthea")
	})
	if err != nil {
		return Report{}, err
	}
	return report, nil
}

// clinicIn returns who imports into the first clinic that keeps its books in
// the currency, and false when there is no clinic at all. Refused
// import.currency when there are others only.
func clinicIn(ctx context.Context, d *desk.Desk, currency money.Currency) (clinic.Actor, bool, error) {
	ids, err := d.Clinics(ctx)
	if err != nil {
		return clinic.Actor{}, false, err
	}
	for _, id := range ids {
		c, err := d.Clinic(ctx, id)
		if err != nil {
			return clinic.Actor{}, false, err
		}
		if c.Currency == currency {
			actor, err := d.Operator(ctx, id)
			actor.Origin = "import"
			return actor, true, err
		}
	}
	if len(ids) == 0 {
		return clinic.Actor{}, false, nil
	}
	return clinic.Actor{}, false, fault.New(fault.Refused, "import.currency", "no clinic keeps its books in %s; import into a database of its own", currency.Code)
}

// report counts what the files hold.
func (s *syntheaSet) report() (r Report) {
	var charges money.Amount
	paid := map[string]money.Amount{}
	for _, a := range s.admissions {
		for _, c := range a.charges {
			charges += c.amount
			for _, m := range c.moves {
				if m.kind == syntheaPayment {
					paid[m.method] += m.amount
				}
			}
		}
	}
	r.add("patients", strconv.Itoa(len(s.patients)))
	r.add("admissions", strconv.Itoa(len(s.admissions)))
	r.add("claims", strconv.Itoa(s.claims))
	r.add("rows", strconv.Itoa(s.rows))
	r.add("charges", money.USD.Plain(charges))
	for _, method := range sortedKeys(paid) {
		r.add("payments "+method, money.USD.Plain(paid[method]))
	}
	return r
}
