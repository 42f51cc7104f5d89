package store

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// LeadQuery is which leads a list shows; a zero field asks for nothing. The
// latest stand first; it is a page after a key of that order.
type LeadQuery struct {
	Statuses   []clinic.LeadStatus
	Owner      clinic.StaffID // whose they are
	Free       bool           // nobody's
	Source     string
	Introducer clinic.PatientID
	Channel    clinic.LeadChannel
	Service    clinic.ServiceID
	Text       string          // part of the search key
	Staff      clinic.StaffID  // who recorded them
	Branch     clinic.BranchID // whose people
	Only       []clinic.LeadID // nil: all
	After      *LeadKey
	Limit      int
}

// LeadKey is the place of a lead in a list.
type LeadKey struct {
	Recorded time.Time
	ID       clinic.LeadID
}

// where is the condition for the lead l, without the page.
func (q LeadQuery) where(args *arguments) string {
	text := "l.clinic = $1"
	if len(q.Statuses) > 0 {
		text += " AND " + among(args, "l.status", q.Statuses)
	}
	if q.Only != nil {
		text += " AND " + among(args, "l.id", q.Only)
	}
	if q.Free {
		text += " AND l.owner IS NULL"
	}
	for _, one := range []struct {
		asked  bool
		column string
		value  any
	}{{q.Owner != 0, "owner", q.Owner}, {q.Source != "", "source", q.Source}, {q.Introducer != 0, "introducer", q.Introducer},
		{q.Channel != "", "channel", q.Channel}, {q.Service != 0, "service", q.Service}, {q.Staff != 0, "staff", q.Staff}, {q.Branch != 0, "branch", q.Branch}} {
		if one.asked {
			text += " AND l." + one.column + " = " + args.add(one.value)
		}
	}
	if q.Text != "" {
		text += " AND REPLACE(l.search, " + args.add(q.Text) + ", '') <> l.search" // one text for both databases that minds the case, unlike LIKE
	}
	return text
}

// ListLeads returns a page of the list. The page is cut first; only its rows
// are dressed.
func (tx *Tx) ListLeads(ctx context.Context, q LeadQuery) ([]LeadShown, error) {
	args := arguments{tx.clinic}
	where := q.where(&args)
	if q.After != nil {
		where += " AND (l.recorded, l.id) < (" + args.add(micros(q.After.Recorded)) + ", " + args.add(q.After.ID) + ")"
	}
	const order = " ORDER BY l.recorded DESC, l.id DESC"
	found, err := collect(ctx, tx, scanLead, leadFields+` FROM (SELECT l.* FROM lead l WHERE `+where+order+` LIMIT `+args.add(q.Limit)+`) l`+leadJoins+order, args...)
	if err != nil {
		return nil, fmt.Errorf("list leads: %w", err)
	}
	return found, nil
}

// CountLeads counts the leads of the query by their state, whatever its page.
func (tx *Tx) CountLeads(ctx context.Context, q LeadQuery) (map[clinic.LeadStatus]int, error) {
	args := arguments{tx.clinic}
	counts := map[clinic.LeadStatus]int{}
	_, err := collect(ctx, tx, func(scan func(...any) error) (s clinic.LeadStatus, err error) {
		var n int
		err = scan(&s, &n)
		counts[s] = n
		return s, err
	}, `SELECT l.status, COUNT(*) FROM lead l WHERE `+q.where(&args)+` GROUP BY l.status`, args...)
	if err != nil {
		return nil, fmt.Errorf("count leads: %w", err)
	}
	return counts, nil
}

// LeadFunnel is how far the leads came that were recorded in a while: how many
// there were, how many of them were ever followed up or went further, had an
// appointment or went further, and how many are converted, lost or invalid now.
type LeadFunnel struct {
	Recorded, Following, Booked, Converted, Lost, Invalid int
}

// LeadFunnel counts the leads that were recorded from one instant on and before
// another, of a branch or of all.
func (tx *Tx) LeadFunnel(ctx context.Context, from, until time.Time, branch clinic.BranchID) (f LeadFunnel, err error) {
	args := arguments{tx.clinic, micros(from), micros(until)}
	where := "l.clinic = $1 AND l.recorded >= $2 AND l.recorded < $3"
	if branch != 0 {
		where += " AND l.branch = " + args.add(branch)
	}
	reached := func(statuses string) string {
		return `COUNT(*) FILTER (WHERE EXISTS (SELECT 1 FROM lead_event e WHERE e.clinic = l.clinic AND e.lead = l.id AND e.to_status IN (` + statuses + `)))`
	}
	err = tx.row(ctx, `
		SELECT COUNT(*), `+reached(`'following', 'booked', 'converted'`)+`, `+reached(`'booked', 'converted'`)+`,
			COUNT(*) FILTER (WHERE l.status = 'converted'), COUNT(*) FILTER (WHERE l.status = 'lost'), COUNT(*) FILTER (WHERE l.status = 'invalid')
		FROM lead l WHERE `+where, args...).Scan(&f.Recorded, &f.Following, &f.Booked, &f.Converted, &f.Lost, &f.Invalid)
	if err != nil {
		return f, fmt.Errorf("funnel of leads: %w", err)
	}
	return f, nil
}
