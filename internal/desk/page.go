package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// readCursor reads a page's cursor: "o" for rows older than a key, "n" for
// newer ones. Invalid page.cursor.
func readCursor(text string) (older, newer *store.Key, err error) {
	if text == "" {
		return nil, nil, nil
	}
	var at, id int64
	side, rest, _ := strings.Cut(text, ".")
	if _, err := fmt.Sscanf(rest, "%d.%d", &at, &id); err != nil || side != "o" && side != "n" {
		return nil, nil, fault.New(fault.Invalid, "page.cursor", "the cursor is none of ours").At("cursor")
	}
	key := &store.Key{At: time.UnixMicro(at).UTC(), ID: id}
	if side == "n" {
		return nil, key, nil
	}
	return key, nil, nil
}

func writeCursor(side string, k store.Key) string {
	return fmt.Sprintf("%s.%d.%d", side, k.At.UnixMicro(), k.ID)
}

// page cuts the rows that were read in the direction of the range to what was
// wanted and turns them newest first. more says that the direction goes on.
func page[T any](r store.Range, rows []T, want int) (cut []T, more bool) {
	if more = len(rows) > want; more {
		rows = rows[:want]
	}
	if r.Newer != nil {
		slices.Reverse(rows)
	}
	return rows, more
}

// cursors of a page that is newest first. The direction we came from has rows
// for sure, the other only when more was seen.
func cursors[T any](r store.Range, rows []T, key func(T) store.Key, more bool) (newer, older string) {
	if len(rows) == 0 {
		return "", ""
	}
	first, last := key(rows[0]), key(rows[len(rows)-1])
	if r.Older != nil || r.Newer != nil && more {
		newer = writeCursor("n", first)
	}
	if r.Newer != nil && !r.Newer.At.IsZero() || r.Newer == nil && more {
		older = writeCursor("o", last)
	}
	return newer, older
}

// events reads a page of the summary: entries, drafts, appointments that have
// begun, activities that are done, registrations, merges and leads, in the order of
// their keys.
func (w work) events(ctx context.Context, h Header, r store.Range, kind string) (rows []store.Event, more bool, err error) {
	want := r.Limit
	r.Limit++
	rows, err = w.Events(ctx, h.Files, w.clinic.Receivables(h.Files), r, kind == "money")
	if err != nil {
		return nil, false, err
	}
	if kind == "" || kind == "admission" {
		drafts, err := w.drafts(ctx, h.Files, r)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, drafts...)
	}
	if kind == "" || kind == RowAppointment {
		begun, err := w.begun(ctx, h.Files, r)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, begun...)
	}
	if (kind == "" || kind == RowActivity) && w.actor.Can(clinic.ReadActivities) {
		done, err := w.done(ctx, h.Files, r)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, done...)
	}
	if kind == "" {
		register, err := w.register(ctx, h, r)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, register...)
		leads, err := w.leadRows(ctx, h.Files, r)
		if err != nil {
			return nil, false, err
		}
		rows = append(rows, leads...)
	}
	slices.SortFunc(rows, func(a, b store.Event) int {
		forward := 1
		if r.Newer != nil {
			forward = -1
		}
		if a.Before(b.Key) {
			return forward
		}
		return -forward
	})
	rows, more = page(r, rows, want)
	return rows, more, nil
}

// drafts are admissions that owe nothing yet.
func (w work) drafts(ctx context.Context, files clinic.Files, r store.Range) (rows []store.Event, err error) {
	listed, err := w.Tx.Admissions(ctx, store.AdmissionFilter{Files: files, Status: clinic.Draft}, r)
	if err != nil || len(listed) == 0 {
		return nil, err
	}
	ids := make([]clinic.AdmissionID, len(listed))
	for i, l := range listed {
		ids[i] = l.Admission.ID
	}
	lines, err := w.AdmissionLines(ctx, ids...)
	if err != nil {
		return nil, err
	}
	for _, l := range listed {
		a := l.Admission
		var titles []string
		for _, line := range lines[a.ID] {
			titles = append(titles, line.Title)
		}
		rows = append(rows, store.Event{Key: store.Key{At: a.At, ID: int64(a.ID)}, Kind: RowDraft, Day: a.Day,
			Recorded: a.Recorded, Document: int64(a.ID), Number: a.Number, Titles: strings.Join(titles, "، "),
			Staff: l.StaffName, Branch: l.BranchName})
	}
	return rows, nil
}

// begun are the appointments whose time has come, each where it was.
func (w work) begun(ctx context.Context, files clinic.Files, r store.Range) (rows []store.Event, err error) {
	found, err := w.BegunAppointments(ctx, files, r, w.now)
	for _, a := range found {
		rows = append(rows, AppointmentEvent(w.clinic, a))
	}
	return rows, err
}

// done are the activities that were done, each when it was.
func (w work) done(ctx context.Context, files clinic.Files, r store.Range) (rows []store.Event, err error) {
	rows, err = w.DoneActivities(ctx, files, r)
	for i := range rows {
		rows[i].Kind, rows[i].Day = RowActivity, w.clinic.Day(rows[i].At)
	}
	return rows, err
}

// AppointmentEvent is an appointment as a row of the summary, at its own time.
func AppointmentEvent(c clinic.Clinic, a store.AppointmentShown) store.Event {
	return store.Event{Key: store.Key{At: a.Starts, ID: int64(a.ID)}, Kind: RowAppointment, Day: c.Day(a.Starts), Recorded: a.Recorded,
		Document: int64(a.ID), Titles: a.ServiceName, Providers: a.ProviderName, Reason: a.Reason, Status: string(a.Status), Staff: a.StaffName,
		Branch: a.BranchName}
}

// register is what happened in the register of people: each file was opened,
// and each alias merged.
func (w work) register(ctx context.Context, h Header, r store.Range) (rows []store.Event, err error) {
	opened := []clinic.Patient{h.Patient}
	for _, m := range h.Merged {
		opened = append(opened, m.Patient)
		key := store.Key{At: m.Link.Merged, ID: m.Link.ID}
		if !within(r, key) || !r.Holds(m.Link.MergedBy, h.Patient.Branch) {
			continue
		}
		who, err := w.Staff(ctx, m.Link.MergedBy)
		if err != nil {
			return nil, err
		}
		rows = append(rows, store.Event{Key: key, Kind: RowMerge, Day: w.clinic.Day(m.Link.Merged), Recorded: m.Link.Merged,
			Document: int64(m.Patient.ID), Titles: m.Patient.FileNumber.String(), Reason: m.Link.Reason, Staff: who.Name})
	}
	for _, p := range opened {
		key := store.Key{At: p.Registered, ID: int64(p.ID)}
		if !within(r, key) || !r.Holds(p.RegisteredBy, p.Branch) {
			continue
		}
		who, err := w.Staff(ctx, p.RegisteredBy)
		if err != nil {
			return nil, err
		}
		branch, err := w.Branch(ctx, p.Branch)
		if err != nil {
			return nil, err
		}
		rows = append(rows, store.Event{Key: key, Kind: RowRegistration, Day: w.clinic.Day(p.Registered), Recorded: p.Registered,
			Document: int64(p.ID), Staff: who.Name, Branch: branch.Name})
	}
	return rows, nil
}

// within reports whether an event that is not in the books, known since it
// happened, lies in the range.
func within(r store.Range, key store.Key) bool {
	outside := !r.Before.IsZero() && !key.At.Before(r.Before) || key.At.Before(r.From) ||
		!r.KnownAt.IsZero() && key.At.After(r.KnownAt) ||
		r.Older != nil && !key.Before(*r.Older) || r.Newer != nil && !r.Newer.Before(key)
	return !outside
}

// run says the balance after each row that moved the patient's account. Rows
// are newest first.
func (w work) run(ctx context.Context, files clinic.Files, rows []store.Event, m store.Moment) ([]SummaryRow, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	sum, moved, err := w.Running(ctx, w.clinic.Receivables(files), rows[len(rows)-1].Key, rows[0].Key, m)
	if err != nil {
		return nil, err
	}
	after := map[int64]money.Amount{}
	for _, v := range moved {
		sum += v.Amount
		after[v.ID] = sum
	}
	out := make([]SummaryRow, len(rows))
	for i, e := range rows {
		out[i] = SummaryRow{e, after[e.ID]}
	}
	return out, nil
}

// admissionRows reads a page of admissions with their lines and payments.
func (w work) admissionRows(ctx context.Context, f store.AdmissionFilter, r store.Range) (rows []AdmissionRow, newer, older string, err error) {
	want := r.Limit
	r.Limit++
	listed, err := w.Tx.Admissions(ctx, f, r)
	if err != nil {
		return nil, "", "", err
	}
	listed, more := page(r, listed, want)
	newer, older = cursors(r, listed, func(l store.Listed) store.Key {
		return store.Key{At: l.Admission.At, ID: int64(l.Admission.ID)}
	}, more)
	ids := make([]clinic.AdmissionID, len(listed))
	for i, l := range listed {
		ids[i] = l.Admission.ID
	}
	lines, err := w.AdmissionLines(ctx, ids...)
	if err != nil {
		return nil, "", "", err
	}
	payments, err := w.Payments(ctx, ids, r.Moment)
	if err != nil {
		return nil, "", "", err
	}
	providers, sections, err := w.names(ctx)
	if err != nil {
		return nil, "", "", err
	}
	for _, l := range listed {
		row := AdmissionRow{Listed: l, Lines: lines[l.Admission.ID], Payments: payments[l.Admission.ID], Providers: providers}
		if len(row.Lines) > 0 {
			row.Section = sections[row.Lines[0].Section]
		}
		rows = append(rows, row)
	}
	return rows, newer, older, nil
}

// names are the names of the providers and sections.
func (w work) names(ctx context.Context) (map[clinic.ProviderID]string, map[clinic.SectionID]string, error) {
	providers, err := w.Tx.Providers(ctx)
	if err != nil {
		return nil, nil, err
	}
	sections, err := w.Sections(ctx)
	if err != nil {
		return nil, nil, err
	}
	names, parts := map[clinic.ProviderID]string{}, map[clinic.SectionID]string{}
	for _, p := range providers {
		names[p.ID] = p.Name
	}
	for _, s := range sections {
		parts[s.ID] = s.Name
	}
	return names, parts, nil
}
