package desk

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Why is why a figure is what it is: parts that sum to it, and what the books
// say about it.
type Why struct {
	Patient clinic.Patient
	Of      string // what was asked for: "balance", "admission-17"
	Kind    string // "balance", "admission"
	Number  clinic.Number
	Day     jalali.Day
	Amount  money.Amount
	Signed  bool // below nothing it is a credit
	Parts   []WhyPart
	Kinds   []store.ByKind // of entries; they sum to Amount; nil where single entries say it
	Entries []store.Told   // the postings behind it, oldest first
	More    bool           // there are more entries
	Unit    []store.Told   // what the same command posted besides
	held    []store.Held   // what the parts are, where entries brought them
}

// WhyPart is one part of a figure. Its sentence is Says.
type WhyPart struct {
	Kind    string // "admission", "share", "payment.receipt", …; its text is why.part.KIND
	ID      int64
	Number  clinic.Number
	Text    string // the services of an admission, a purpose, a reason
	Day     jalali.Day
	Staff   string
	Methods []string
	Amount  money.Amount // what it adds to the figure
	Of      money.Amount // of how much
	Parts   []WhyPart    // what Amount is made of; nil for no more
}

// ToldEntry is an entry with its postings in words.
type ToldEntry = store.Told

// Explanation is what a person's account is made of, on one snapshot.
type Explanation struct{ Balance, Credit, Deposits Why }

// mostTold bounds the entries that an explanation lists.
const mostTold = 60

// whyLook is whose figure is explained, and at which moment.
type whyLook struct {
	files clinic.Files
	m     store.Moment
}

// Explain says what the balance, the credit and the deposits of a person are
// made of at the moment of the view. NotFound patient.none.
func (d *Desk) Explain(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (e Explanation, err error) {
	err = d.explains(ctx, actor, id, v, func(w work, l whyLook, p clinic.Patient) error {
		for _, y := range []*Why{&e.Balance, &e.Credit, &e.Deposits} {
			y.Patient = p
		}
		for of, y := range map[string]*Why{"balance": &e.Balance, "credit": &e.Credit, "deposits": &e.Deposits} {
			if err := w.why(ctx, l, of, y); err != nil {
				return err
			}
		}
		return nil
	})
	return e, err
}

// Why explains one figure of a person: balance, credit, deposits, insurer,
// cheques, admission-ID, receipt-ID, entry-ID (what an entry moved) and
// running-ID (the balance after it). NotFound patient.none, why.none.
func (d *Desk) Why(ctx context.Context, actor clinic.Actor, id clinic.PatientID, of string, v View) (y Why, err error) {
	err = d.explains(ctx, actor, id, v, func(w work, l whyLook, p clinic.Patient) error {
		y.Patient = p
		if err := w.why(ctx, l, of, &y); err != nil {
			return err
		}
		return w.whoBrought(ctx, l, &y)
	})
	return y, err
}

func (d *Desk) explains(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View, do func(w work, l whyLook, p clinic.Patient) error) error {
	if err := actor.May(clinic.ReadMoney); err != nil {
		return err
	}
	err := d.read(ctx, actor, func(w work) error {
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		p, err := w.person(ctx, id)
		if err != nil {
			return err
		}
		id = p.ID
		files, _, err := w.files(ctx, p.ID, m)
		if err != nil {
			return err
		}
		return do(w, whyLook{files, m}, w.masked(p))
	})
	if err != nil {
		return err
	}
	return d.seen(ctx, actor, "balance.read", id)
}

// why fills an explanation. The parts always sum to the figure: what the
// records do not say is a part of its own.
func (w work) why(ctx context.Context, l whyLook, of string, y *Why) error {
	of = cmp.Or(of, "balance")
	kind, name, named := strings.Cut(of, "-")
	y.Of, y.Kind = of, kind
	whole := map[string]func(context.Context, whyLook, *Why) error{"balance": w.whyBalance, "credit": w.whyCredit,
		"deposits": w.whyDeposits, "insurer": w.whyInsurer, "cheques": w.whyCheques}
	one := map[string]func(context.Context, whyLook, int64, *Why) error{"admission": w.whyAdmission, "receipt": w.whyReceipt,
		"entry": w.whyEntry, "running": w.whyRunning}
	unknown := fault.New(fault.NotFound, "why.none", "there is no figure %q of this patient", of)
	var err error
	if explain := whole[kind]; explain != nil && !named {
		err = explain(ctx, l, y)
	} else if explain := one[kind]; explain != nil {
		id, bad := strconv.ParseInt(name, 10, 64)
		if bad != nil || id <= 0 {
			return unknown
		}
		err = explain(ctx, l, id, y)
	} else {
		return unknown
	}
	if fault.Of(err) == fault.NotFound {
		return unknown
	}
	if err != nil {
		return err
	}
	rest := y.Amount
	for _, p := range y.Parts {
		rest -= p.Amount
	}
	if rest != 0 {
		y.Parts = append(y.Parts, WhyPart{Kind: "other", Amount: rest})
	}
	return nil
}

func (w work) whyBalance(ctx context.Context, l whyLook, y *Why) error {
	position, err := w.position(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	y.Amount, y.Signed = position.Balance, true
	dues, err := w.Dues(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	if y.Parts, err = w.admissionParts(ctx, dues, l.m); err != nil {
		return err
	}
	credit, err := w.FundsHeld(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	for _, f := range fundParts(credit) {
		f.Amount = -f.Amount
		y.Parts = append(y.Parts, f)
	}
	y.Kinds, err = w.KindSums(ctx, w.clinic.Receivables(l.files), l.m)
	return err
}

// admissionParts explains what is left of admissions.
func (w work) admissionParts(ctx context.Context, dues []store.Due, m store.Moment) (parts []WhyPart, err error) {
	ids := make([]clinic.AdmissionID, len(dues))
	for i, d := range dues {
		ids[i] = d.Admission.ID
	}
	changes, err := w.ShareChanges(ctx, ids, m)
	if err != nil {
		return nil, err
	}
	payments, err := w.Payments(ctx, ids, m)
	if err != nil {
		return nil, err
	}
	for _, d := range dues {
		a := WhyPart{Kind: "admission", ID: int64(d.Admission.ID), Number: d.Admission.Number, Text: d.Titles, Day: d.Admission.Day,
			Amount: d.Left(), Of: d.Share}
		share := WhyPart{Kind: "share", ID: a.ID, Number: a.Number, Day: a.Day, Amount: d.Share}
		var changed []WhyPart
		for _, c := range changes {
			if c.Admission == d.Admission.ID {
				share.Amount -= c.Amount
				changed = append(changed, WhyPart{Kind: c.Kind, ID: c.ID, Text: c.Reason, Day: w.clinic.Day(c.At), Staff: c.Staff, Amount: c.Amount})
			}
		}
		a.Parts = append([]WhyPart{share}, changed...)
		for _, p := range payments[d.Admission.ID] {
			a.Parts = append(a.Parts, WhyPart{Kind: "payment." + string(p.Kind), ID: int64(p.Fund), Number: p.Number, Day: p.Day, Staff: p.Staff,
				Methods: slices.Compact(slices.Clone(p.Methods)), Amount: -p.Amount})
		}
		parts = append(parts, a)
	}
	return parts, nil
}

func fundParts(held []store.Held) (parts []WhyPart) {
	for _, h := range held {
		parts = append(parts, WhyPart{Kind: "fund." + h.Kind, ID: h.ID, Number: h.Number, Day: h.Day, Staff: h.Staff, Amount: h.Left, Of: h.Amount})
	}
	return parts
}

func (w work) whyCredit(ctx context.Context, l whyLook, y *Why) error {
	position, err := w.position(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	dues, err := w.Dues(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	y.Amount = -position.Balance // as the header counts it
	for _, d := range dues {
		y.Amount += d.Left()
	}
	y.held, err = w.FundsHeld(ctx, l.files, l.m)
	y.Parts = fundParts(y.held)
	y.Kinds = byKind(y.held, func(h store.Held) string { return cmp.Or(fundEntries[h.Kind], h.Kind) })
	return err
}

func (w work) whyDeposits(ctx context.Context, l whyLook, y *Why) error {
	position, err := w.position(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	y.Amount = position.Deposits
	if y.held, err = w.DepositsHeld(ctx, l.files, l.m); err != nil {
		return err
	}
	for _, h := range y.held {
		y.Parts = append(y.Parts, WhyPart{Kind: "deposit", ID: h.ID, Number: h.Number, Text: h.Text, Day: h.Day, Staff: h.Staff, Amount: h.Left, Of: h.Amount})
	}
	y.Kinds, err = w.KindSums(ctx, w.clinic.Deposits(l.files), l.m)
	for i := range y.Kinds {
		y.Kinds[i].Amount = -y.Kinds[i].Amount // a deposit is what the clinic owes
	}
	return err
}

func (w work) whyInsurer(ctx context.Context, l whyLook, y *Why) (err error) {
	if y.Amount, err = w.InsurerDue(ctx, l.files, l.m); err != nil {
		return err
	}
	dues, err := w.InsurerDues(ctx, l.files, l.m)
	if err != nil {
		return err
	}
	for _, h := range dues {
		y.Parts = append(y.Parts, WhyPart{Kind: "insurer", ID: h.ID, Text: h.Text, Amount: h.Left})
	}
	y.Kinds, err = w.InsurerKinds(ctx, l.files, l.m)
	return err
}

func (w work) whyCheques(ctx context.Context, l whyLook, y *Why) error {
	sum, err := w.UnclearedCheques(ctx, l.files)
	if err != nil {
		return err
	}
	y.Amount = money.Amount(sum)
	y.held, err = w.ChequesHeld(ctx, l.files)
	y.Kinds = byKind(y.held, func(store.Held) string { return clinic.EntryReceipt })
	for _, h := range y.held {
		y.Parts = append(y.Parts, WhyPart{Kind: "cheque." + h.Kind, ID: h.ID, Number: h.Number, Text: h.Text, Day: h.Expires, Staff: h.Staff, Amount: h.Left})
	}
	return err
}

// told adds the entries of a document.
func (w work) told(ctx context.Context, l whyLook, document int64, y *Why) (err error) {
	y.Entries, err = w.DocumentTold(ctx, document, l.m, mostTold+1)
	if len(y.Entries) > mostTold {
		y.Entries, y.More = y.Entries[:mostTold], true
	}
	return err
}

// whyRunning is the balance after an entry.
func (w work) whyRunning(ctx context.Context, l whyLook, id int64, y *Why) error {
	if err := w.whyEntry(ctx, l, id, y); err != nil {
		return err
	}
	e := y.Entries[0]
	key := store.Key{At: e.At, ID: int64(e.ID)}
	before, moved, err := w.Running(ctx, w.clinic.Receivables(l.files), key, key, l.m)
	if err != nil {
		return err
	}
	y.Signed, y.Amount = true, before
	y.Parts = []WhyPart{{Kind: "before", Day: e.Day, Amount: before}}
	for _, m := range moved {
		y.Amount += m.Amount
		y.Parts = append(y.Parts, WhyPart{Kind: "entry." + e.Kind, ID: int64(e.ID), Number: e.Number, Day: e.Day, Staff: e.Staff, Amount: m.Amount})
	}
	return nil
}

// onAccount is what an entry did to the person's accounts of a kind.
func onAccount(e store.Told, files clinic.Files, kind string) (sum money.Amount) {
	for _, p := range e.Postings {
		if p.Kind == kind && slices.Contains(files, clinic.PatientID(p.Owner)) {
			sum += p.Amount
		}
	}
	return sum
}

// whyEntry is what an entry did to the person's account; where it did nothing,
// to the deposits; where that neither, what it moved in all.
func (w work) whyEntry(ctx context.Context, l whyLook, id int64, y *Why) error {
	e, err := w.EntryTold(ctx, ledger.EntryID(id), l.m)
	if err != nil {
		return err
	}
	owes, holds := onAccount(e, l.files, clinic.AccountReceivable), -onAccount(e, l.files, clinic.AccountDeposit)
	if owes == 0 && holds == 0 && !slices.Contains(l.files, e.Patient) {
		return fault.New(fault.NotFound, "why.none", "the entry is another patient's")
	}
	y.Entries, y.Number, y.Day, y.Signed = []store.Told{e}, e.Number, e.Day, owes != 0
	if y.Amount = owes; owes == 0 {
		y.Amount = holds
	}
	if owes == 0 && holds == 0 {
		for _, p := range e.Postings {
			y.Amount += max(0, p.Amount)
		}
	}
	y.Parts = []WhyPart{{Kind: "entry." + e.Kind, ID: id, Number: e.Number, Day: e.Day, Staff: e.Staff, Amount: y.Amount}}
	if e.Unit == 0 {
		return nil
	}
	unit, err := w.UnitTold(ctx, e.Unit, l.m, mostTold)
	y.Unit = slices.DeleteFunc(unit, func(o store.Told) bool { return o.ID == e.ID })
	return err
}
