package store

import (
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// PatientFilter keeps the patients whose account stands so; "" keeps all.
type PatientFilter string

// The filters of the patient list. Settled owes nothing and is owed nothing.
const (
	Debtor   PatientFilter = "debtor"
	Creditor PatientFilter = "creditor"
	Settled  PatientFilter = "settled"
)

// Conditions are what everybody in a list of patients meets; a zero field asks
// for nothing. Account and visits are those of the person: of the file and of
// all files merged into it.
type Conditions struct {
	Branch   clinic.BranchID // of the file
	Balance  PatientFilter
	Unit     ledger.Unit // of the accounts that Balance looks at
	Unseen   time.Time   // registered before it, and no admission since
	Born     []jalali.Day
	Source   string
	Tag      string
	Provider clinic.ProviderID // had a service of an admission that is not cancelled
	Insurer  clinic.InsurerID  // covers the person on Today
	Today    jalali.Day
	Only     []clinic.PatientID // nil: all
}

// none reports whether everybody meets the conditions.
func (c Conditions) none() bool {
	return c.Branch == 0 && c.Balance == "" && c.Unseen.IsZero() && c.Born == nil && c.Source == "" && c.Tag == "" &&
		c.Provider == 0 && c.Insurer == 0 && c.Only == nil
}

// arguments collects the values of a statement that is put together.
type arguments []any

// add appends a value and returns its place, "$7".
func (a *arguments) add(value any) string {
	*a = append(*a, value)
	return "$" + strconv.Itoa(len(*a))
}

// where is " AND …" for the patient p; what costs little stands first.
func (c Conditions) where(args *arguments) string {
	text := ""
	if c.Only != nil {
		text += " AND " + among(args, "p.id", padded(c.Only))
	}
	if c.Branch != 0 {
		text += " AND p.branch = " + args.add(c.Branch)
	}
	if c.Source != "" {
		text += " AND p.acquisition_source = " + args.add(c.Source)
	}
	if c.Tag != "" {
		// One text for both databases that minds the case, unlike LIKE.
		one := args.add("\n" + c.Tag + "\n")
		text += " AND p.tags <> '' AND REPLACE('\n' || p.tags || '\n', " + one + ", '') <> '\n' || p.tags || '\n'"
	}
	if c.Born != nil {
		text += " AND " + among(args, "p.birth_date", padded(c.Born))
	}
	if c.Insurer != 0 {
		text += ` AND EXISTS (
			SELECT 1 FROM coverage c
			WHERE c.clinic = $1 AND c.patient = p.id AND c.insurer = ` + args.add(c.Insurer) +
			` AND c.valid_from <= ` + args.add(c.Today) + ` AND (c.coverage_end = '' OR c.coverage_end >= ` + args.add(c.Today) + `))`
	}
	return text + c.whereVisited(args) + c.whereBalance(args)
}

// whereVisited asks the admissions.
func (c Conditions) whereVisited(args *arguments) string {
	text := ""
	if !c.Unseen.IsZero() {
		since := args.add(micros(c.Unseen))
		text += ` AND p.registered < ` + since + ` AND NOT EXISTS (` + family("p.id") + `
			SELECT 1 FROM family CROSS JOIN admission s
			WHERE s.clinic = $1 AND s.patient = family.id AND s.at >= ` + since + ` AND s.status = 'finalized')`
	}
	if c.Provider != 0 {
		text += ` AND EXISTS (` + family("p.id") + `
			SELECT 1 FROM family CROSS JOIN admission s CROSS JOIN admission_line l
			WHERE s.clinic = $1 AND s.patient = family.id AND l.clinic = $1 AND l.admission = s.id AND s.status <> 'cancelled' AND l.provider = ` + args.add(c.Provider) + `)`
	}
	return text
}

// whereBalance asks the balance that is kept for lists, see docs/adr/0016.
func (c Conditions) whereBalance(args *arguments) string {
	compare := map[PatientFilter]string{Debtor: "> 0", Creditor: "< 0", Settled: "= 0"}[c.Balance]
	if compare == "" {
		return ""
	}
	return ` AND COALESCE((SELECT b.amount FROM person_balance b
		WHERE b.clinic = $1 AND b.person = p.id AND b.unit = ` + args.add(c.Unit) + `), 0) ` + compare
}
