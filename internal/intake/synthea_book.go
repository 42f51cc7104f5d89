package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/sheet"
	"daftar/internal/store"
)

// syntheaMethods is how each method of the files is handed over here.
var syntheaMethods = map[string]clinic.Method{
	"CASH": clinic.Cash, "CC": clinic.POS, "COPAY": clinic.POS, "CHECK": clinic.ByCheque, "ECHECK": clinic.BankTransfer,
}

// syntheaBook puts a set into the books of one batch.
type syntheaBook struct {
	desk.Batch
	branch       clinic.BranchID
	set          *syntheaSet
	options      Options
	ids          map[string]int64 // what each row became, by kind and name
	done         int
	added, known int
}

func newSyntheaBook(b desk.Batch, branch clinic.BranchID, set *syntheaSet, o Options) *syntheaBook {
	return &syntheaBook{Batch: b, branch: branch, set: set, options: o, ids: map[string]int64{}}
}

// once makes what a row becomes, unless an earlier import did.
func (b *syntheaBook) once(ctx context.Context, kind, key string, rows []sheet.Row, do func() (int64, error)) (isNew bool, err error) {
	row := store.ImportRow{Source: syntheaSource, Kind: kind, Key: key, Digest: digest(rows...)}
	id, err := b.Imported(ctx, row)
	if err != nil {
		return false, at(rows[0], "", err)
	}
	if id == 0 {
		if id, err = do(); err != nil {
			return false, at(rows[0], "", err)
		}
		if err := b.Remember(ctx, row, id); err != nil {
			return false, err
		}
		isNew = true
		b.added++
	} else if _, now := b.ids[kind+"/"+key]; !now { // not a second row of this run
		b.known++
	}
	b.ids[kind+"/"+key] = id
	return isNew, nil
}

// all books everything.
func (b *syntheaBook) all(ctx context.Context) error {
	if err := b.catalogue(ctx); err != nil {
		return err
	}
	if err := b.patients(ctx); err != nil {
		return err
	}
	for i, a := range b.set.admissions {
		if err := b.admission(ctx, a); err != nil {
			return err
		}
		if grown(i) && b.added > 0 {
			if err := b.Analyze(ctx); err != nil {
				return err
			}
		}
		for _, claim := range a.claims {
			b.done += len(claim.transactions)
		}
		b.options.progress(b.done, b.set.rows)
	}
	return nil
}

// admission books an encounter and everything that happened to its charges.
func (b *syntheaBook) admission(ctx context.Context, a *syntheaAdmission) error {
	rows := []sheet.Row{a.row}
	for _, claim := range a.claims {
		rows = append(append(rows, claim.row), claim.transactions...)
	}
	patient := clinic.PatientID(b.ids["patient/"+a.row.Get("PATIENT")])
	isNew, err := b.once(ctx, "encounter", a.row.Get("Id"), rows, func() (int64, error) {
		admitted, err := b.admit(ctx, a, patient)
		return int64(admitted.ID), err
	})
	if err != nil {
		return err
	}
	id := clinic.AdmissionID(b.ids["encounter/"+a.row.Get("Id")])
	for _, claim := range a.claims {
		_, err := b.once(ctx, "claim", claim.row.Get("Id"), append([]sheet.Row{claim.row}, claim.transactions...),
			func() (int64, error) { return int64(id), nil })
		if err != nil {
			return err
		}
	}
	if !isNew {
		return nil
	}
	for _, charge := range a.charges {
		left := charge.amount
		for _, m := range charge.moves {
			if err := b.move(ctx, a, m, patient, id); err != nil {
				return at(m.row, "", err)
			}
			if m.kind == syntheaPayment {
				left -= m.amount
			}
		}
		if left != 0 {
			return at(charge.row, "OUTSTANDING", fault.New(fault.Internal, "import.open", "the books leave %s open", money.USD.Plain(left)))
		}
	}
	return nil
}

// admit books the admission: one line for each charge.
func (b *syntheaBook) admit(ctx context.Context, a *syntheaAdmission, patient clinic.PatientID) (clinic.Admission, error) {
	adm := clinic.Admission{Patient: patient, Branch: b.branch, At: a.at, BaseInsurer: b.insurer(a.primary), SupplementaryInsurer: b.insurer(a.secondary)}
	section, err := b.section(ctx, a.row)
	if err != nil {
		return adm, err
	}
	var lines []clinic.AdmissionLine
	for _, c := range a.charges {
		service, err := b.service(ctx, c, section)
		if err != nil {
			return adm, err
		}
		title, err := farsi.Clean(c.row.Get("NOTES"), 200)
		if err != nil {
			return adm, at(c.row, "NOTES", err)
		}
		l := clinic.AdmissionLine{Service: service, Section: section, Title: title, Quantity: 1, UnitPrice: c.amount,
			Provider: clinic.ProviderID(b.ids["provider/"+c.row.Get("PROVIDERID")]), Status: clinic.LineCompleted}
		l.Gross = c.amount
		if c.holder == primary {
			l.BaseShare = c.amount
		} else {
			l.PatientShare = c.amount
		}
		lines = append(lines, l)
	}
	adm.Lines = lines
	return b.Admission(ctx, adm, true)
}

// insurer is what a payer became; 0 for none.
func (b *syntheaBook) insurer(payer string) clinic.InsurerID {
	return clinic.InsurerID(b.ids["insurer/"+payer])
}

// of is the insurer that a payer of the charge is; 0 is the patient.
func (b *syntheaBook) of(p payer, a *syntheaAdmission) clinic.InsurerID {
	switch p {
	case primary:
		return b.insurer(a.primary)
	case secondary:
		return b.insurer(a.secondary)
	}
	return clinic.PatientPays
}

// move books one row after a charge.
func (b *syntheaBook) move(ctx context.Context, a *syntheaAdmission, m syntheaMove, patient clinic.PatientID, id clinic.AdmissionID) error {
	from := b.of(m.from, a)
	transfer := clinic.ShareTransfer{Admission: id, Patient: patient, From: from, Amount: m.amount}
	if m.kind == syntheaTransferIn {
		transfer.To, transfer.Reason = b.of(m.to, a), "transfer "+m.row.Get("TRANSFEROUTID")
		return b.MoveShare(ctx, transfer, m.at)
	}
	if m.method == "ECHECK" && from != clinic.PatientPays {
		return b.InsurerPayment(ctx, clinic.InsurerPayment{Insurer: from, Admission: id, Patient: patient, Amount: m.amount}, m.at)
	}
	if from != clinic.PatientPays {
		transfer.Reason = fmt.Sprintf("%s paid by the patient", m.method)
		if err := b.MoveShare(ctx, transfer, m.at); err != nil {
			return err
		}
	}
	return b.receive(ctx, m, patient, id)
}

// receive books what the patient paid. A cheque clears the same day.
func (b *syntheaBook) receive(ctx context.Context, m syntheaMove, patient clinic.PatientID, id clinic.AdmissionID) error {
	r := clinic.Receipt{Patient: patient, At: m.at, Note: m.method,
		Lines: []clinic.MoneyLine{{Method: syntheaMethods[m.method], Amount: m.amount}}}
	_, cheques, err := b.Receipt(ctx, r, []clinic.Choice{{Admission: id, Amount: m.amount}})
	if err != nil {
		return err
	}
	for _, q := range cheques {
		if _, err := b.StepCheque(ctx, q, clinic.ClearCheque, "", m.at.Add(time.Microsecond)); err != nil {
			return err
		}
	}
	return nil
}
