package desk

import (
	"context"
	"maps"
	"slices"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// touched are the admissions of which what is paid changed in a transaction,
// so that what others earn by them is looked at once, at its end.
type touched struct {
	admissions map[clinic.AdmissionID]touch
	cheques    map[clinic.ReceiptID]touch
}

// touch is the last change of an admission or of a cheque: in whose work, when
// it counts, and by which funds.
type touch struct {
	w     work
	at    time.Time
	payer clinic.PatientID
	funds map[clinic.FundID]clinic.PatientID
}

// AddAllocation writes an allocation and remembers the admission.
func (w work) AddAllocation(ctx context.Context, id, unit int64, a clinic.Allocation, s store.Stamp) error {
	if a.Admission != 0 {
		w.touch(a.Admission, s.At)[a.Fund] = a.Payer
	}
	return w.Tx.AddAllocation(ctx, id, unit, a, s)
}

// SaveAdmission writes a changed admission and remembers it: its services have
// other parts in what is paid now.
func (w work) SaveAdmission(ctx context.Context, a clinic.Admission) error {
	w.touch(a.ID, w.now)
	return w.Tx.SaveAdmission(ctx, a)
}

// touch remembers an admission and returns the funds by which it was touched.
func (w work) touch(id clinic.AdmissionID, at time.Time) map[clinic.FundID]clinic.PatientID {
	if w.touched.admissions == nil {
		w.touched.admissions = map[clinic.AdmissionID]touch{}
	}
	t := touch{w: w, at: at, funds: w.touched.admissions[id].funds}
	if t.funds == nil {
		t.funds = map[clinic.FundID]clinic.PatientID{}
	}
	w.touched.admissions[id] = t
	return t.funds
}

// SaveCheque writes a cheque and remembers it: what it pays may be money now.
func (w work) SaveCheque(ctx context.Context, q clinic.Cheque) error {
	if w.touched.cheques == nil {
		w.touched.cheques = map[clinic.ReceiptID]touch{}
	}
	w.touched.cheques[q.Receipt] = touch{w: w, at: w.now, payer: q.Patient}
	return w.Tx.SaveCheque(ctx, q)
}

// accrue brings what introducers and referrers earn, and the points of the club,
// to what is collected now, for every admission that the transaction touched.
// Without a club those of patients whom nobody sent cost one look.
func (w work) accrue(ctx context.Context) error {
	t := w.touched
	if len(t.admissions) == 0 && len(t.cheques) == 0 {
		return nil
	}
	for _, receipt := range slices.Sorted(maps.Keys(t.cheques)) {
		of := t.cheques[receipt]
		if err := t.spread(ctx, of, clinic.Fund{ID: clinic.FundID(receipt), Patient: of.payer}); err != nil {
			return err
		}
	}
	earning, err := w.EarningAdmissions(ctx, slices.Sorted(maps.Keys(t.admissions)), w.clinic.Club)
	if err != nil || len(earning) == 0 {
		return err
	}
	for _, id := range earning {
		of := t.admissions[id]
		for _, fund := range slices.Sorted(maps.Keys(of.funds)) {
			f, err := w.Fund(ctx, of.funds[fund], fund)
			if err != nil {
				return err
			}
			if f.Uncollected == 0 {
				continue
			}
			if err := t.spread(ctx, of, f); err != nil {
				return err
			}
		}
	}
	if earning, err = w.EarningAdmissions(ctx, slices.Sorted(maps.Keys(t.admissions)), w.clinic.Club); err != nil {
		return err
	}
	for _, id := range earning {
		if err := t.admissions[id].accrue(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// spread touches every admission that a fund pays or paid: cheques that are not
// money yet pay one after the other.
func (t *touched) spread(ctx context.Context, of touch, f clinic.Fund) error {
	used, err := of.w.UsesOf(ctx, f)
	if err != nil {
		return err
	}
	for _, u := range used {
		if _, known := t.admissions[u.Admission]; u.Admission == 0 || known {
			continue
		}
		if t.admissions == nil {
			t.admissions = map[clinic.AdmissionID]touch{}
		}
		t.admissions[u.Admission] = touch{w: of.w, at: of.at}
	}
	return nil
}

// accrue posts what is earned by one admission more, or less, than before.
func (t touch) accrue(ctx context.Context, id clinic.AdmissionID) error {
	w := t.w
	a, err := w.Admission(ctx, id)
	if err != nil {
		return err
	}
	collected, err := w.collected(ctx, id)
	if err != nil {
		return err
	}
	terms, err := w.Terms(ctx, id)
	if err != nil {
		return err
	}
	if err := t.earnPoints(ctx, a, collected); err != nil {
		return err
	}
	if collected > 0 {
		if terms, err = w.fixTerms(ctx, a, terms); err != nil {
			return err
		}
	}
	if len(terms) == 0 {
		return nil
	}
	earned, err := w.EarnedOf(ctx, id)
	if err != nil {
		return err
	}
	files, err := w.filesOf(ctx, a.Patient)
	if err != nil {
		return err
	}
	for _, kind := range []clinic.EarnerKind{clinic.EarnsMarketer, clinic.EarnsReferrer} {
		at := slices.IndexFunc(terms, func(t clinic.Term) bool { return t.Kind == kind })
		if at < 0 {
			continue
		}
		amount, rate := clinic.Earned(a, terms, kind, collected)
		amount = clinic.NotOwn(files, kind, terms[at].Earner, earned[kind], amount)
		row := store.Accrual{Kind: kind, Earner: terms[at].Earner, Admission: id, Amount: amount - earned[kind], Base: collected, Rate: rate}
		if err := t.post(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

// post posts a row of commission. Its entry names no patient: neither who paid
// nor who earned sees it in the account. It belongs to no unit, for undoing the
// command takes the money off again, and that takes the commission back.
func (t touch) post(ctx context.Context, row store.Accrual) error {
	if row.Amount == 0 {
		return nil
	}
	w, at := t.w, t.at
	row.Unit, w.unit = w.unit, 0
	if err := w.notClosed(ctx, w.clinic.Day(at)); fault.Of(err) == fault.Refused {
		at = w.now
	}
	row.Day = w.clinic.Day(at)
	entry, err := clinic.AccrueCommission(w.clinic, row.Earner, row.Amount, row.Day)
	if err != nil {
		return err
	}
	row.ID = clinic.CommissionID(w.id())
	id, err := w.posted(ctx, entry, at, 0, int64(row.ID))
	if err != nil {
		return err
	}
	row.Entry = int64(id)
	return w.AddAccrual(ctx, row, w.stamp(at))
}

// collected is the money that pays an admission: without cheques that are not
// money yet, and without commission that its owner was paid onto the account.
func (w work) collected(ctx context.Context, id clinic.AdmissionID) (sum money.Amount, err error) {
	funds, err := w.FundsOf(ctx, id)
	if err != nil {
		return 0, err
	}
	for _, f := range funds {
		if f.Kind == clinic.FundCommission {
			continue
		}
		sum += f.Pays
		if f.Uncollected == 0 {
			continue
		}
		used, err := w.UsesOf(ctx, f)
		if err != nil {
			return 0, err
		}
		sum -= clinic.Uncollected(f, used, id)
	}
	return sum, nil
}

// fixTerms fixes for each service of the admission who earns how much, where
// that is not fixed.
func (w work) fixTerms(ctx context.Context, a clinic.Admission, terms []clinic.Term) ([]clinic.Term, error) {
	for _, kind := range []clinic.EarnerKind{clinic.EarnsMarketer, clinic.EarnsReferrer} {
		var earner clinic.EarnerID
		had := map[clinic.ServiceID]bool{}
		for _, t := range terms {
			if t.Kind == kind {
				earner, had[t.Service] = t.Earner, true
			}
		}
		active := true
		if earner == 0 || kind == clinic.EarnsMarketer {
			found, marketing, err := w.earnerOf(ctx, a.Patient, kind, earner)
			if err != nil {
				return nil, err
			}
			if found == 0 {
				continue
			}
			earner, active = found, marketing
		}
		rates, err := w.CommissionRates(ctx, kind, earner)
		if err != nil {
			return nil, err
		}
		for _, l := range a.Lines {
			if had[l.Service] {
				continue
			}
			had[l.Service] = true
			service, err := w.Service(ctx, l.Service)
			if err != nil {
				return nil, err
			}
			t := clinic.TermFor(kind, earner, active, service, clinic.RateOn(rates, a.Day))
			if err := w.AddTerm(ctx, a.ID, t); err != nil {
				return nil, err
			}
			terms = append(terms, t)
		}
	}
	return terms, nil
}

// earnerOf is who sent the person of a file, and whether a marketer is active;
// known, when not 0, is who earns by the admission already.
func (w work) earnerOf(ctx context.Context, file clinic.PatientID, kind clinic.EarnerKind, known clinic.EarnerID) (clinic.EarnerID, bool, error) {
	introducer := clinic.PatientID(known)
	files, err := w.filesOf(ctx, file)
	if err != nil {
		return 0, false, err
	}
	// The file that stands for the person says it, else the one of the admission.
	for _, id := range []clinic.PatientID{files[0], file} {
		p, err := w.Patient(ctx, id)
		if err != nil {
			return 0, false, err
		}
		if kind == clinic.EarnsReferrer && p.ReferrerID != 0 {
			return clinic.EarnerID(p.ReferrerID), true, nil
		}
		if introducer == 0 {
			introducer = p.Introducer
		}
	}
	if kind == clinic.EarnsReferrer || introducer == 0 {
		return 0, false, nil
	}
	if introducer, err = w.standing(ctx, introducer); err != nil || slices.Contains(files, introducer) {
		return 0, false, err
	}
	marketer, err := w.Patient(ctx, introducer)
	if known != 0 {
		return known, marketer.MarketerStatus == clinic.Marketing, err
	}
	return clinic.EarnerID(introducer), marketer.MarketerStatus == clinic.Marketing, err
}
