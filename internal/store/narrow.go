package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
)

// Narrow leaves out rows of a statement by who recorded them and where. The
// zero value leaves out none.
type Narrow struct {
	Staff  clinic.StaffID
	Branch clinic.BranchID
}

// Holds reports whether a row of the person at the branch stays.
func (n Narrow) Holds(staff clinic.StaffID, branch clinic.BranchID) bool {
	return (n.Staff == 0 || n.Staff == staff) && (n.Branch == 0 || n.Branch == branch)
}

// and adds its conditions on the table of the column at, "e.at", to those of
// a statement.
func (n Narrow) and(condition, at string, args []any) (string, []any) {
	table, _, _ := strings.Cut(at, ".")
	for _, c := range []struct {
		column string
		id     int64
	}{{"staff", int64(n.Staff)}, {"branch", int64(n.Branch)}} {
		if c.id != 0 {
			args = append(args, c.id)
			condition += fmt.Sprintf(" AND %s.%s = $%d", table, c.column, len(args))
		}
	}
	return condition, args
}

// CountEvents counts what Events would return without a limit.
func (tx *Tx) CountEvents(ctx context.Context, files clinic.Files, receivables []ledger.Account, r Range, moneyOnly bool) (n int, err error) {
	all := arguments{tx.clinic, r.knownAt()}
	person, join := among(&all, "e.patient", files), ""
	if moneyOnly {
		accounts, err := tx.accountIDs(ctx, receivables)
		if err != nil {
			return 0, err
		}
		join = "JOIN posting p ON p.clinic = e.clinic AND " + among(&all, "p.account", accounts) + " AND p.at = e.at AND p.entry = e.id"
	}
	condition, args := r.bounds("e.at", "e.id", all)
	if len(r.Kinds) > 0 {
		condition += " AND e.kind IN (" + places(len(args)+1, len(r.Kinds)) + ")"
		for _, k := range r.Kinds {
			args = append(args, k)
		}
	}
	err = tx.row(ctx, `
		SELECT COUNT(*) FROM entry e `+join+`
		WHERE e.clinic = $1 AND `+person+` AND e.recorded <= $2 AND `+condition, args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count of events: %w", err)
	}
	return n, nil
}

// CountDrafts counts the person's draft admissions in the range.
func (tx *Tx) CountDrafts(ctx context.Context, files clinic.Files, r Range) (n int, err error) {
	all := arguments{tx.clinic, r.knownAt()}
	person := among(&all, "a.patient", files)
	condition, args := r.bounds("a.at", "a.id", all)
	err = tx.row(ctx, `
		SELECT COUNT(*) FROM admission a
		WHERE a.clinic = $1 AND `+person+` AND a.status = 'draft' AND a.recorded <= $2 AND `+condition, args...).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count of drafts: %w", err)
	}
	return n, nil
}

// bounds are the conditions of where without order and limit.
func (r Range) bounds(at, id string, args []any) (condition string, all []any) {
	args = append(args, r.before(), r.from())
	condition = fmt.Sprintf("%s < $%d AND %s >= $%d", at, len(args)-1, at, len(args))
	condition, args = r.Narrow.and(condition, at, args)
	for _, side := range []struct {
		key  *Key
		sign string
	}{{r.Older, "<"}, {r.Newer, ">"}} {
		if side.key != nil {
			args = append(args, micros(side.key.At), side.key.ID)
			condition += fmt.Sprintf(" AND (%s, %s) %s ($%d, $%d)", at, id, side.sign, len(args)-1, len(args))
		}
	}
	return condition, args
}

// Named is somebody or something with the name that is shown.
type Named struct {
	ID   int64
	Name string
}

// Occurring are the people who recorded something of the person and the
// branches where it was, each by name.
func (tx *Tx) Occurring(ctx context.Context, files clinic.Files) (staff, branches []Named, err error) {
	args := arguments{tx.clinic}
	person := among(&args, "patient", files)
	seen := map[[2]int64]bool{}
	_, err = collect(ctx, tx, func(scan func(...any) error) (none struct{}, err error) {
		var who, where Named
		err = scan(&who.ID, &who.Name, &where.ID, &where.Name)
		if !seen[[2]int64{0, who.ID}] {
			staff = append(staff, who)
		}
		if !seen[[2]int64{1, where.ID}] {
			branches = append(branches, where)
		}
		seen[[2]int64{0, who.ID}], seen[[2]int64{1, where.ID}] = true, true
		return none, err
	}, `
		SELECT s.id, s.name, b.id, b.name
		FROM (
			SELECT e.staff, e.branch FROM entry e WHERE e.clinic = $1 AND e.`+person+`
			UNION SELECT a.staff, a.branch FROM admission a WHERE a.clinic = $1 AND a.`+person+`
			UNION SELECT n.staff, n.branch FROM appointment n WHERE n.clinic = $1 AND n.`+person+`
			UNION SELECT p.registered_by, p.branch FROM patient p WHERE p.clinic = $1 AND p.`+strings.Replace(person, "patient", "id", 1)+`) x
		JOIN staff s ON s.clinic = $1 AND s.id = x.staff
		JOIN branch b ON b.clinic = $1 AND b.id = x.branch
		ORDER BY s.name, s.id, b.name, b.id`, args...)
	if err != nil {
		return nil, nil, fmt.Errorf("who recorded of a patient: %w", err)
	}
	slices.SortFunc(branches, func(a, b Named) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return staff, branches, nil
}
