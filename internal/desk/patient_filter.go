package desk

import (
	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// PatientFilter is whom a list of patients shows; all of it holds at once, and
// a zero field asks for nothing. Account and visits are those of the person,
// over all merged files.
type PatientFilter struct {
	Filter   string            // debtor, creditor, settled
	Unseen   int               // not admitted in so many months, and registered before
	Birthday string            // "week": in the week that today is in, Saturday first
	Source   string            // how they found the clinic
	Tag      string            //
	Provider clinic.ProviderID // had a service of them
	Insurer  clinic.InsurerID  // covers them today
	Branch   clinic.BranchID
}

// allowed refuses what the actor may not ask for.
func (f PatientFilter) allowed(actor clinic.Actor) error {
	if f.Filter != "" {
		if err := actor.May(clinic.ReadMoney); err != nil {
			return err
		}
	}
	if f.Branch != 0 && f.Branch != actor.Branch {
		return actor.May(clinic.AllBranches)
	}
	return nil
}

// mostMonths bounds how far back a list looks.
const mostMonths = 120

// conditions are what the store looks for. Invalid patient.filter.
func (w work) conditions(f PatientFilter) (store.Conditions, error) {
	c := store.Conditions{Branch: w.branch(), Balance: store.PatientFilter(f.Filter), Unit: w.clinic.Unit(), Source: f.Source,
		Tag: f.Tag, Provider: f.Provider, Insurer: f.Insurer, Today: w.today()}
	if f.Branch != 0 {
		c.Branch = f.Branch
	}
	switch c.Balance {
	case "", store.Debtor, store.Creditor, store.Settled:
	default:
		return c, fault.New(fault.Invalid, "patient.filter", "there is no filter %q", f.Filter)
	}
	switch {
	case f.Unseen < 0 || f.Unseen > mostMonths:
		return c, fault.New(fault.Invalid, "patient.filter", "%d months are too many", f.Unseen).At("unseen")
	case f.Unseen > 0:
		c.Unseen, _ = monthsBefore(w.today(), f.Unseen).Bounds(w.clinic.Zone)
	}
	switch f.Birthday {
	case "":
	case "week":
		c.Born = birthDates(week(w.today()))
	default:
		return c, fault.New(fault.Invalid, "patient.filter", "there is no birthday %q", f.Birthday).At("birthday")
	}
	return c, nil
}

// monthsBefore is the same day so many Jalali months before, or the last of a
// shorter month.
func monthsBefore(day jalali.Day, months int) jalali.Day {
	d := day.Date()
	n := d.Year*12 + d.Month - 1 - months
	d.Year, d.Month = n/12, n%12+1
	d.Day = min(d.Day, jalali.MonthDays(d.Year, d.Month))
	return d.Civil()
}

// week is the week that the day is in, from Saturday.
func week(day jalali.Day) []jalali.Day {
	days := make([]jalali.Day, 7)
	for i := range days {
		days[i] = day.Add(i - int(day.Weekday()))
	}
	return days
}

// oldest is the age up to which a birthday is looked for.
const oldest = 120

// birthDates are the days on which somebody was born who has a birthday on one
// of the days. Who was born on 30 Esfand has it on the 29th of a year without
// a 30th.
func birthDates(days []jalali.Day) (born []jalali.Day) {
	for _, day := range days {
		d := day.Date()
		alike := []jalali.Date{d}
		if d.Month == 12 && d.Day == 29 && !jalali.Leap(d.Year) {
			alike = append(alike, jalali.Date{Month: 12, Day: 30})
		}
		for _, like := range alike {
			for year := d.Year - oldest; year < d.Year; year++ {
				if b := (jalali.Date{Year: year, Month: like.Month, Day: like.Day}).Civil(); b != "" {
					born = append(born, b)
				}
			}
		}
	}
	return born
}
