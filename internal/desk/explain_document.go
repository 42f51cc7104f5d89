package desk

import (
	"context"
	"slices"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// whyAdmission is what is left to pay of an admission. A draft is not in the
// books, and of a cancelled one nothing is owed.
func (w work) whyAdmission(ctx context.Context, l whyLook, id int64, y *Why) error {
	a, err := w.Admission(ctx, clinic.AdmissionID(id))
	if err != nil {
		return err
	}
	if !slices.Contains(l.files, a.Patient) {
		return fault.New(fault.NotFound, "why.none", "the admission is another patient's")
	}
	y.Number, y.Day = a.Number, a.Day
	if err := w.told(ctx, l, id, y); err != nil {
		return err
	}
	due, err := w.DueThen(ctx, a.ID, l.m)
	switch {
	case fault.Of(err) == fault.NotFound && len(y.Entries) == 0:
		y.Parts = []WhyPart{{Kind: "draft", ID: id, Number: a.Number, Day: a.Day}}
		return nil
	case fault.Of(err) == fault.NotFound:
		y.Parts = []WhyPart{{Kind: "share", ID: id, Number: a.Number, Day: a.Day, Amount: a.PatientShare},
			{Kind: "cancelled", ID: id, Number: a.Number, Text: a.CancelReason, Day: a.Day, Amount: -a.PatientShare}}
		return nil
	case err != nil:
		return err
	}
	y.Amount = due.Left()
	parts, err := w.admissionParts(ctx, []store.Due{due}, l.m)
	if err == nil {
		y.Parts = parts[0].Parts
	}
	return err
}

// whyReceipt is what a receipt brought and where it went.
func (w work) whyReceipt(ctx context.Context, l whyLook, id int64, y *Why) error {
	r, err := w.ReceiptTold(ctx, clinic.ReceiptID(id), l.m)
	if err != nil {
		return err
	}
	if !slices.Contains(l.files, r.Patient) {
		return fault.New(fault.NotFound, "why.none", "the receipt is another patient's")
	}
	y.Number, y.Day, y.Amount = r.Number, r.Day, r.Amount
	if err := w.told(ctx, l, id, y); err != nil {
		return err
	}
	uses, err := w.FundUses(ctx, r.Patient, clinic.FundID(id), l.m)
	if err != nil {
		return err
	}
	left := r.Amount
	for _, u := range uses {
		part := WhyPart{Kind: "pays", ID: int64(u.Admission), Number: u.Number, Amount: u.Amount}
		if u.Admission == 0 {
			part.Kind, part.ID = "spent", u.Spending
			if r.Voided != "" {
				part.Kind, part.Text, part.Day, part.Staff = "voided", r.Reason, r.Voided, r.VoidedBy
			}
		}
		left -= u.Amount
		y.Parts = append(y.Parts, part)
	}
	if left != 0 {
		y.Parts = append(y.Parts, WhyPart{Kind: "unused", ID: id, Number: r.Number, Day: r.Day, Staff: r.StaffName, Amount: left})
	}
	return nil
}

// Speaker writes what a sentence holds in a language and a unit of money.
type Speaker interface {
	T(key string, args ...any) string
	Amount(a money.Amount) string
	Unit() string
	Day(d jalali.Day) string
	Document(number string) string
}

// Says is the sentence of a part.
func (p WhyPart) Says(s Speaker) string {
	var methods []string
	for _, m := range p.Methods {
		methods = append(methods, s.T("method."+m))
	}
	day := ""
	if p.Day.Valid() {
		day = s.Day(p.Day)
	}
	args := []any{"number", s.Document(p.Number.String()), "amount", s.Amount(p.Amount.Abs()), "of", s.Amount(p.Of), "unit", s.Unit(),
		"day", day, "user", p.Staff, "text", p.Text, "methods", strings.Join(methods, s.T("word.comma"))}
	if kind, ok := strings.CutPrefix(p.Kind, "entry."); ok {
		return s.T("why.part.entry", append(args, "what", s.T("event."+kind))...)
	}
	return s.T("why.part."+p.Kind, args...)
}

// Says is the sentence of the figure itself.
func (y Why) Says(s Speaker) string {
	key := "why.says." + y.Kind
	switch {
	case y.Signed && y.Amount < 0:
		key += ".creditor"
	case y.Signed && y.Amount == 0, y.Amount == 0 && (y.Kind == "credit" || y.Kind == "deposits" || y.Kind == "admission" || y.Kind == "insurer" || y.Kind == "cheques"):
		key += ".nothing"
	}
	day := ""
	if y.Day.Valid() {
		day = s.Day(y.Day)
	}
	what := ""
	if len(y.Entries) > 0 {
		what = s.T("event." + y.Entries[0].Kind)
	}
	return s.T(key, "amount", s.Amount(y.Amount.Abs()), "unit", s.Unit(), "number", s.Document(y.Number.String()), "day", day, "what", what)
}
