package clinic_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// planDay is 1405/09/02.
const planDay = jalali.Day("2026-11-23")

// jday is the day of a Jalali date.
func jday(text string) jalali.Day {
	d, err := jalali.Parse(text, planDay)
	if err != nil {
		panic(err)
	}
	return d
}

func written(parts []clinic.Instalment) string {
	var rows []string
	for _, p := range parts {
		rows = append(rows, fmt.Sprintf("%d: %s %d", p.Line, p.Due.Date(), p.Amount))
	}
	return strings.Join(rows, ", ")
}

func TestPlanParts(t *testing.T) {
	row := func(day string, amount money.Amount) clinic.Instalment {
		return clinic.Instalment{Due: jday(day), Amount: amount}
	}
	for name, c := range map[string]struct {
		left money.Amount
		wish clinic.PlanWish
		want string
	}{
		"a down payment today and monthly instalments": {150_000_000,
			clinic.PlanWish{DownPayment: 50_000_000, Count: 4, FirstDue: jday("1405/10/02")},
			"0: 1405/09/02 50000000, 1: 1405/10/02 25000000, 2: 1405/11/02 25000000, 3: 1405/12/02 25000000, 4: 1406/01/02 25000000"},
		"the ends of months of 31, 30 and 29 days, and back": {4,
			clinic.PlanWish{Count: 4, FirstDue: jday("1406/06/31"), EveryMonths: 3},
			"1: 1406/06/31 1, 2: 1406/09/30 1, 3: 1406/12/29 1, 4: 1407/03/31 1"},
		"the last takes what does not divide": {100_000_000,
			clinic.PlanWish{Count: 3, FirstDue: jday("1405/10/02")},
			"1: 1405/10/02 33333000, 2: 1405/11/02 33333000, 3: 1405/12/02 33334000"},
		"small parts are not rounded": {10,
			clinic.PlanWish{Count: 3, FirstDue: planDay},
			"1: 1405/09/02 3, 2: 1405/10/02 3, 3: 1405/11/02 4"},
		"instalments as they are": {9,
			clinic.PlanWish{DownPayment: 2, Rows: []clinic.Instalment{row("1405/09/02", 4), row("1405/09/03", 3)}},
			"0: 1405/09/02 2, 1: 1405/09/02 4, 2: 1405/09/03 3"},
		"an amount that is said": {9,
			clinic.PlanWish{DownPayment: 3, Count: 2, Amount: 3, FirstDue: jday("1405/10/02")},
			"0: 1405/09/02 3, 1: 1405/10/02 3, 2: 1405/11/02 3"},
	} {
		got, err := clinic.PlanParts(c.left, planDay, c.wish)
		if err != nil || written(got) != c.want {
			t.Errorf("%s:\n%s, %v; want\n%s", name, written(got), err, c.want)
		}
	}
}

func TestPlanPartsRefuses(t *testing.T) {
	rows := func(rows ...clinic.Instalment) clinic.PlanWish { return clinic.PlanWish{Rows: rows} }
	first := jday("1405/10/02")
	for name, c := range map[string]struct {
		wish clinic.PlanWish
		code string
	}{
		"a down payment below nothing":           {clinic.PlanWish{DownPayment: -1, Count: 2, FirstDue: first}, "instalment.down_payment"},
		"a down payment of more than is left":    {clinic.PlanWish{DownPayment: 101, Count: 2, FirstDue: first}, "instalment.down_payment"},
		"a down payment that leaves nothing":     {clinic.PlanWish{DownPayment: 100, Count: 1, FirstDue: first}, "instalment.amount"},
		"no instalment":                          {clinic.PlanWish{DownPayment: 10}, "instalment.count"},
		"less than no instalment":                {clinic.PlanWish{Count: -1, FirstDue: first}, "instalment.count"},
		"too many":                               {clinic.PlanWish{Count: 61, FirstDue: first}, "instalment.count"},
		"too many rows":                          {rows(make([]clinic.Instalment, 61)...), "instalment.count"},
		"no first day":                           {clinic.PlanWish{Count: 2}, "instalment.first_due"},
		"a first day that is none":               {clinic.PlanWish{Count: 2, FirstDue: "1405/10/02"}, "instalment.first_due"},
		"too seldom":                             {clinic.PlanWish{Count: 2, FirstDue: first, EveryMonths: 13}, "instalment.every"},
		"never":                                  {clinic.PlanWish{Count: 2, FirstDue: first, EveryMonths: -1}, "instalment.every"},
		"before today":                           {clinic.PlanWish{Count: 2, FirstDue: planDay.Add(-1)}, "instalment.past"},
		"ten years and a day away":               {rows(clinic.Instalment{Due: jday("1415/09/03"), Amount: 100}), "instalment.far"},
		"a row of nothing":                       {rows(clinic.Instalment{Due: first, Amount: 0}), "instalment.amount"},
		"a row of less than nothing":             {rows(clinic.Instalment{Due: first, Amount: 200}, clinic.Instalment{Due: first.Add(1), Amount: -100}), "instalment.amount"},
		"a row without a day":                    {rows(clinic.Instalment{Amount: 100}), "instalment.due"},
		"two on one day":                         {rows(clinic.Instalment{Due: first, Amount: 50}, clinic.Instalment{Due: first, Amount: 50}), "instalment.order"},
		"days that fall":                         {rows(clinic.Instalment{Due: first, Amount: 50}, clinic.Instalment{Due: planDay, Amount: 50}), "instalment.order"},
		"something missing":                      {rows(clinic.Instalment{Due: first, Amount: 99}), "instalment.missing"},
		"something too much":                     {rows(clinic.Instalment{Due: first, Amount: 101}), "instalment.too_much"},
		"amounts that overflow":                  {rows(clinic.Instalment{Due: first, Amount: 1 << 62}), "instalment.amount"},
		"an amount that does not make the whole": {clinic.PlanWish{Count: 3, Amount: 33, FirstDue: first}, "instalment.missing"},
	} {
		if _, err := clinic.PlanParts(100, planDay, c.wish); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	_, err := clinic.PlanParts(100, planDay, rows(clinic.Instalment{Due: first, Amount: 70}))
	if e, _ := fault.As(err); e == nil || e.Args["amount"] != "30" || e.Args["due"] != "100" {
		t.Errorf("what is missing is not said: %v", e)
	}
}

func TestMakePlanRefuses(t *testing.T) {
	wish := clinic.PlanWish{Count: 2, FirstDue: planDay}
	for name, c := range map[string]struct {
		status clinic.AdmissionStatus
		paid   money.Amount
		code   string
	}{
		"a draft":                 {clinic.Draft, 0, "instalment.not_final"},
		"a cancelled admission":   {clinic.Cancelled, 0, "admission.cancelled"},
		"one that is paid":        {clinic.Finalized, 100, "instalment.settled"},
		"one with something left": {clinic.Finalized, 99, "instalment.amount"}, // two parts of one rial are none
	} {
		if _, err := clinic.MakePlan(clinic.Admission{Status: c.status}, 100, c.paid, planDay, wish); fault.Code(err) != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
}

// standing is a plan of 10 today and 30 a month, three times, after 20 of 120
// were paid, as it stands.
func standing(t *testing.T, share, paid money.Amount, day string) clinic.Schedule {
	t.Helper()
	a := clinic.Admission{ID: 1, Patient: 2, Status: clinic.Finalized, Day: planDay}
	p, err := clinic.MakePlan(a, 120, 20, planDay, clinic.PlanWish{DownPayment: 10, Count: 3, FirstDue: jday("1405/10/02")})
	if err != nil {
		t.Fatal(err)
	}
	return p.Schedule(share, paid, jday(day))
}

func TestSchedule(t *testing.T) {
	for name, c := range map[string]struct {
		share, paid money.Amount
		day         string
		want        string // each part: paid/amount state
		sums        string // overdue (count) upcoming unplanned
	}{
		"as it was agreed": {120, 20, "1405/09/02",
			"0/10 due_today, 0/30 upcoming, 0/30 upcoming, 0/30 upcoming", "0 (0) 100 0"},
		"money pays the down payment first, then in order": {120, 65, "1405/09/02",
			"10/10 paid, 30/30 paid, 5/30 partly_paid, 0/30 upcoming", "0 (0) 55 0"},
		"the day itself is not overdue": {120, 30, "1405/10/02",
			"10/10 paid, 0/30 due_today, 0/30 upcoming, 0/30 upcoming", "0 (0) 90 0"},
		"a day later it is, and what is paid of it is not": {120, 35, "1405/10/03",
			"10/10 paid, 5/30 overdue, 0/30 upcoming, 0/30 upcoming", "25 (1) 60 0"},
		"an unpaid down payment is overdue too": {120, 20, "1405/11/03",
			"0/10 overdue, 0/30 overdue, 0/30 overdue, 0/30 upcoming", "70 (3) 30 0"},
		"paid ahead": {120, 120, "1405/09/02",
			"10/10 paid, 30/30 paid, 30/30 paid, 30/30 paid", "0 (0) 0 0"},
		"a discount shrinks the last parts first": {80, 65, "1405/09/02",
			"10/10 paid, 30/30 paid, 5/20 partly_paid, 0/0 let_off", "0 (0) 15 0"},
		"a discount of all that is left": {30, 30, "1405/12/03",
			"10/10 paid, 0/0 let_off, 0/0 let_off, 0/0 let_off", "0 (0) 0 0"},
		"a share below what was paid before the plan": {15, 15, "1405/12/03",
			"0/0 let_off, 0/0 let_off, 0/0 let_off, 0/0 let_off", "0 (0) 0 0"},
		"a debt that grew is beside the plan, due at once": {150, 65, "1405/09/02",
			"10/10 paid, 30/30 paid, 5/30 partly_paid, 0/30 upcoming", "0 (0) 55 30"},
		"money of before that was taken back is beside the plan": {120, 5, "1405/10/03",
			"0/10 overdue, 0/30 overdue, 0/30 upcoming, 0/30 upcoming", "40 (2) 60 15"},
		"nothing is left of a cancelled admission": {0, 0, "1405/12/03",
			"0/0 let_off, 0/0 let_off, 0/0 let_off, 0/0 let_off", "0 (0) 0 0"},
	} {
		s := standing(t, c.share, c.paid, c.day)
		var rows []string
		for _, p := range s.Parts {
			rows = append(rows, fmt.Sprintf("%d/%d %s", p.Paid, p.Amount, p.State))
		}
		if got := strings.Join(rows, ", "); got != c.want {
			t.Errorf("%s:\n%s, want\n%s", name, got, c.want)
		}
		if got := fmt.Sprintf("%d (%d) %d %d", s.Overdue, s.OverdueCount, s.Upcoming, s.Unplanned); got != c.sums {
			t.Errorf("%s: %s, want %s", name, got, c.sums)
		}
	}
}

// anyPlan is a plan that somebody could agree on, of an admission of which
// before was paid.
func anyPlan(t *rapid.T) (p clinic.InstalmentPlan) {
	left := money.Amount(rapid.Int64Range(1000, 2_000_000_000).Draw(t, "left"))
	before := money.Amount(rapid.Int64Range(0, 1_000_000_000).Draw(t, "before"))
	wish := clinic.PlanWish{DownPayment: money.Amount(rapid.Int64Range(0, int64(left)-100).Draw(t, "down")),
		Count: rapid.IntRange(1, 10).Draw(t, "count"), EveryMonths: rapid.IntRange(1, 12).Draw(t, "every"),
		FirstDue: planDay.Add(rapid.IntRange(0, 60).Draw(t, "days"))}
	p, err := clinic.MakePlan(clinic.Admission{Status: clinic.Finalized, Day: planDay}, left+before, before, planDay, wish)
	if err != nil && fault.Code(err) != "instalment.far" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("beyond ten years")
	}
	return p
}

// Whatever the plan, whatever is paid and whatever the debt became: the parts
// make the whole, money pays them in order, and overdue, upcoming and what is
// beside the plan are what is left. As days pass only the ageing changes.
func TestScheduleIsComplete(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPlan(t)
		var agreed money.Amount
		for _, part := range p.Parts {
			agreed += part.Amount
		}
		if agreed != p.Total() {
			t.Fatalf("the parts are %d of %d", agreed, p.Total())
		}
		share := p.Share
		if rapid.Bool().Draw(t, "changed") {
			share = money.Amount(rapid.Int64Range(0, 2*int64(p.Share)).Draw(t, "share"))
		}
		paid := money.Amount(rapid.Int64Range(0, int64(share)).Draw(t, "paid"))
		day := planDay.Add(rapid.IntRange(0, 4000).Draw(t, "day"))
		s := p.Schedule(share, paid, day)
		var sum, left money.Amount
		unfilled := false
		for i, part := range s.Parts {
			sum, left = sum+part.Paid, left+part.Left
			if part.Paid < 0 || part.Left < 0 || part.Paid+part.Left != part.Amount || part.Amount > part.Agreed {
				t.Fatalf("part %d: %+v", i, part)
			}
			if unfilled && part.Paid > 0 {
				t.Fatalf("part %d is paid before an earlier one: %+v", i, s.Parts)
			}
			unfilled = unfilled || part.Left > 0
		}
		if s.Overdue+s.Upcoming != left || s.Overdue+s.Upcoming+s.Unplanned != share-paid || s.Unplanned < 0 {
			t.Fatalf("overdue %d, upcoming %d, beside the plan %d; left %d", s.Overdue, s.Upcoming, s.Unplanned, share-paid)
		}
		if share == p.Share && paid >= p.Paid && sum != min(paid-p.Paid, p.Total()) {
			t.Fatalf("%d of the parts are paid by %d", sum, paid-p.Paid)
		}
		later := p.Schedule(share, paid, day.Add(rapid.IntRange(1, 400).Draw(t, "later")))
		if later.Overdue+later.Upcoming != left || later.Overdue < s.Overdue || later.Unplanned != s.Unplanned {
			t.Fatalf("a day changed more than the ageing: %+v, then %+v", s, later)
		}
		aged := money.Amount(0)
		for _, part := range clinic.DueParts(planDay, share-paid, &s) {
			aged += part.Left
		}
		if aged != share-paid {
			t.Fatalf("the parts by age are %d of %d", aged, share-paid)
		}
	})
}

func TestDueParts(t *testing.T) {
	s := standing(t, 150, 65, "1405/10/03")
	got := fmt.Sprint(clinic.DueParts(planDay, 85, &s))
	want := fmt.Sprint([]clinic.DuePart{{From: planDay, Left: 30}, {From: jday("1405/11/02"), Left: 25}, {From: jday("1405/12/02"), Left: 30}})
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := clinic.DueParts(planDay, 85, nil); len(got) != 1 || got[0] != (clinic.DuePart{From: planDay, Left: 85}) {
		t.Errorf("without a plan: %v", got)
	}
}
