package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/jalali"
)

// ActivityQuery is which activities the list of all shows; a zero field asks
// for nothing. Those that are open stand by their day, those that are done the
// latest first; it is a page after a key of that order.
type ActivityQuery struct {
	Done   bool           // those that are done; else the open ones
	Owner  clinic.StaffID // whose they are
	Free   bool           // nobody's; with Owner those as well
	Kind   clinic.ActivityKind
	Cause  clinic.ActivityCause
	Until  jalali.Day      // due before this day
	From   jalali.Day      // due on this day or later
	People clinic.BranchID // whose people: the branch of the patient's file, or of the lead
	After  *ActivityKey
	Limit  int
}

// ActivityKey is the place of an activity in a list: the day of an open one,
// the instant of one that is done.
type ActivityKey struct {
	Due  jalali.Day
	Done time.Time
	ID   clinic.ActivityID
}

// where is the condition for the activity a, without the page. The status is
// written out, since the indexes hold one status each.
func (q ActivityQuery) where(args *arguments) string {
	text := "a.clinic = $1 AND a.status = 'open'"
	if q.Done {
		text = "a.clinic = $1 AND a.status = 'done'"
	}
	switch {
	case q.Owner != 0 && q.Free:
		text += " AND (a.owner = " + args.add(q.Owner) + " OR a.owner IS NULL)"
	case q.Owner != 0:
		text += " AND a.owner = " + args.add(q.Owner)
	case q.Free:
		text += " AND a.owner IS NULL"
	}
	if q.Kind != "" {
		text += " AND a.kind = " + args.add(q.Kind)
	}
	if q.Cause != "" {
		text += " AND a.cause = " + args.add(q.Cause)
	}
	if q.From != "" {
		text += " AND a.due >= " + args.add(q.From)
	}
	if q.Until != "" {
		text += " AND a.due < " + args.add(q.Until)
	}
	if q.People != 0 {
		text += " AND " + aboutBranch(args.add(q.People))
	}
	return text
}

// aboutBranch is the SQL for whether the activity a is about somebody of a
// branch: by the patient's file, or of nobody's patient by the lead.
func aboutBranch(branch string) string {
	return `(EXISTS (SELECT 1 FROM patient f WHERE f.clinic = $1 AND f.id = ` + root("a.patient") + ` AND f.branch = ` + branch + `)
			OR a.patient IS NULL AND EXISTS (SELECT 1 FROM lead l WHERE l.clinic = $1 AND l.id = a.lead AND l.branch = ` + branch + `))`
}

// ListActivities returns a page of the list. The page is cut first; only its
// rows are dressed.
func (tx *Tx) ListActivities(ctx context.Context, q ActivityQuery) ([]ActivityShown, error) {
	args := arguments{tx.clinic}
	where, order := q.where(&args), "a.due, a.id"
	if q.Done {
		order = "a.done DESC, a.id DESC"
	}
	switch {
	case q.After != nil && q.Done:
		where += " AND (a.done, a.id) < (" + args.add(micros(q.After.Done)) + ", " + args.add(q.After.ID) + ")"
	case q.After != nil:
		where += " AND (a.due, a.id) > (" + args.add(q.After.Due) + ", " + args.add(q.After.ID) + ")"
	}
	found, err := collect(ctx, tx, scanActivity, activityFields+`
		FROM (SELECT a.* FROM activity a WHERE `+where+` ORDER BY `+order+` LIMIT `+args.add(q.Limit)+`) a`+activityJoins+` ORDER BY `+order, args...)
	if err != nil {
		return nil, fmt.Errorf("list activities: %w", err)
	}
	return found, nil
}

// TallyActivities counts the activities of the query, whatever its page, and
// those of them that are due before the day.
func (tx *Tx) TallyActivities(ctx context.Context, q ActivityQuery, today jalali.Day) (count, overdue int, err error) {
	args := arguments{tx.clinic}
	where := q.where(&args)
	err = tx.row(ctx, `SELECT COUNT(*), COUNT(*) FILTER (WHERE a.due < `+args.add(today)+`) FROM activity a WHERE `+where, args...).Scan(&count, &overdue)
	if err != nil {
		return 0, 0, fmt.Errorf("count activities: %w", err)
	}
	return count, overdue, nil
}
