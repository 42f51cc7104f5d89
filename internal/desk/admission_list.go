package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// AdmissionQuery is a page of the list of admissions; all of it holds at once,
// and a zero field asks for nothing.
type AdmissionQuery struct {
	From, To jalali.Day // inclusive
	Status   string     // draft, finalized, cancelled; awaiting: a draft whose discount waits for approval
	Pay      string     // unpaid, partially_paid, settled, overpayment
	Section  clinic.SectionID
	Provider clinic.ProviderID
	Branch   clinic.BranchID // where it was
	Cursor   string          // from an earlier page; it knows its side
	Limit    int             // 1 to 200; 0 is 50
}

// AwaitingApproval asks the list for drafts whose discount waits for approval.
const AwaitingApproval = "awaiting"

// AdmissionItem is an admission in the list of all, with the person it is of.
type AdmissionItem struct {
	AdmissionRow
	Person clinic.Patient // of a merged file, the one that stands for it
}

// AdmissionPage is a page of the list, newest first. Totals are the sums of its
// rows that are in the books; of amounts an actor without the permission to
// read money gets none.
type AdmissionPage struct {
	Items        []AdmissionItem
	Newer, Older string
	Totals       AdmissionTotals
}

// AdmissionTotals are sums over admissions. Gross = Discount + Insurers + Share
// − VAT.
type AdmissionTotals struct {
	Gross, Discount, Insurers, Share, Paid, Left money.Amount
}

func (p AdmissionPage) shown() (people []clinic.PatientID) {
	for _, i := range p.Items {
		people = append(people, i.Person.ID)
	}
	return people
}

// ListAdmissions returns a page of the list, of the people the actor may see.
// The audit has one line for it. Invalid admission.filter, date.syntax,
// view.range and page.cursor; Forbidden permission for the payment status
// without the right to see money and for another branch without branch.all.
func (d *Desk) ListAdmissions(ctx context.Context, actor clinic.Actor, q AdmissionQuery) (AdmissionPage, error) {
	if err := actor.May(clinic.ReadStatement); err != nil {
		return AdmissionPage{}, err
	}
	if q.Pay != "" {
		if err := actor.May(clinic.ReadMoney); err != nil {
			return AdmissionPage{}, err
		}
	}
	if q.Branch != 0 && q.Branch != actor.Branch {
		if err := actor.May(clinic.AllBranches); err != nil {
			return AdmissionPage{}, err
		}
	}
	return readPatient(ctx, d, actor, "admission.list", func(w work) (AdmissionPage, clinic.PatientID, error) {
		page, err := w.listAdmissions(ctx, q)
		return page, 0, err
	})
}

func (w work) listAdmissions(ctx context.Context, q AdmissionQuery) (p AdmissionPage, err error) {
	find, err := w.admissionQuery(q)
	if err != nil {
		return p, err
	}
	want := find.Limit
	find.Limit++
	listed, err := w.Tx.ListAdmissions(ctx, find)
	if err != nil {
		return p, err
	}
	r := store.Range{Older: find.Older, Newer: find.Newer}
	listed, more := page(r, listed, want)
	p.Newer, p.Older = cursors(r, listed, func(l store.Listed) store.Key {
		return store.Key{At: l.Admission.At, ID: int64(l.Admission.ID)}
	}, more)
	ids, files := make([]clinic.AdmissionID, len(listed)), make([]clinic.PatientID, len(listed))
	for i, l := range listed {
		ids[i], files[i] = l.Admission.ID, l.Admission.Patient
	}
	lines, err := w.AdmissionLines(ctx, ids...)
	if err != nil {
		return p, err
	}
	persons, err := w.Persons(ctx, files)
	if err != nil {
		return p, err
	}
	providers, sections, err := w.names(ctx)
	if err != nil {
		return p, err
	}
	for _, l := range listed {
		row := AdmissionRow{Listed: l, Lines: lines[l.Admission.ID], Providers: providers}
		if len(row.Lines) > 0 {
			row.Section = sections[row.Lines[0].Section]
		}
		item := AdmissionItem{AdmissionRow: row, Person: w.masked(persons[l.Admission.Patient])}
		if w.actor.Can(clinic.ReadMoney) {
			p.Totals.add(item)
		}
		p.Items = append(p.Items, item)
	}
	return p, nil
}

// add adds an admission that is in the books.
func (t *AdmissionTotals) add(i AdmissionItem) {
	a := i.Admission
	if a.Status != clinic.Finalized {
		return
	}
	t.Gross += a.Gross
	t.Discount += a.Discount
	t.Insurers += a.Gross - a.Discount + a.VAT - i.Share - i.Remitted
	t.Share += i.Share
	t.Paid += i.Paid
	t.Left += i.Left()
}

// admissionQuery translates what was asked for into what the store looks for.
func (w work) admissionQuery(q AdmissionQuery) (find store.AdmissionQuery, err error) {
	find = store.AdmissionQuery{Status: clinic.AdmissionStatus(q.Status), Pay: store.PayStatus(q.Pay), Section: q.Section,
		Provider: q.Provider, Branch: q.Branch, People: w.branch(), Limit: q.Limit}
	if q.Status == AwaitingApproval {
		find.Status, find.Waits = "", true
	}
	switch find.Status {
	case "", clinic.Draft, clinic.Finalized, clinic.Cancelled:
	default:
		return find, fault.New(fault.Invalid, "admission.filter", "there is no status %q", q.Status).At("status")
	}
	switch find.Pay {
	case "", store.Unpaid, store.PartiallyPaid, store.PaidUp, store.Overpaid:
	default:
		return find, fault.New(fault.Invalid, "admission.filter", "there is no payment status %q", q.Pay).At("pay")
	}
	// The rules of days, pages and cursors are those of a statement.
	r, err := w.span(View{From: q.From, To: q.To, Cursor: q.Cursor, Limit: q.Limit})
	find.From, find.Until, find.Older, find.Newer, find.Limit = r.From, r.Before, r.Older, r.Newer, r.Limit
	return find, err
}
