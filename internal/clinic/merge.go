package clinic

import (
	"time"

	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/ledger"
)

// Files are the files of one person: first the one that stands for the person,
// then those that were merged into it. Each keeps its own account and its own
// documents; what is shown of the person is their sum.
type Files []PatientID

// Merge links the file Loser to the file Winner (product rule 2.13): a dated
// link, never a rewrite, that can be taken away again.
type Merge struct {
	ID       int64
	Loser    PatientID
	Winner   PatientID
	Reason   string
	Merged   time.Time
	MergedBy StaffID
}

// CheckMerge refuses a link that would be none: Invalid merge.same for one file
// and Refused merge.alias for a file that is an alias already; and one of two
// people who look different without a reason: Refused merge.reason. Both are the
// files as they are now; an alias is named by the one that stands for it.
func CheckMerge(loser, winner Patient, reason string) error {
	switch {
	case loser.MergedInto != 0:
		return fault.New(fault.Refused, "merge.alias", "file %d is merged already", loser.FileNumber).
			At("into").With("file_number", loser.FileNumber.String())
	case loser.ID == winner.ID:
		return fault.New(fault.Invalid, "merge.same", "a file is not merged with itself").At("into")
	case reason == "" && len(Different(loser, winner)) > 0:
		return fault.New(fault.Refused, "merge.reason", "they look like two people, so a reason is needed").At("reason")
	}
	return nil
}

// Different are the fields in which two files look like two people: both are
// known and they are not the same. Names are compared as they are searched.
func Different(a, b Patient) (fields []string) {
	for _, f := range []struct{ name, a, b string }{
		{"name", farsi.Key(a.Name()), farsi.Key(b.Name())},
		{"national_code", a.NationalCode, b.NationalCode},
		{"birth_date", string(a.BirthDate), string(b.BirthDate)},
		{"gender", a.Gender, b.Gender},
	} {
		if f.a != "" && f.b != "" && f.a != f.b {
			fields = append(fields, f.name)
		}
	}
	return fields
}

// MoveBetweenFiles returns the two entries by which money of one file of a
// person pays an admission of another: the admission's file owes less, the
// paying file's credit goes down. Each file's account stays right by itself,
// so that taking a merge away restores both. The account between them is always
// nothing. An allocation of less than nothing moves the money back.
func MoveBetweenFiles(c Clinic, a Allocation, on jalali.Day) (paid, payer ledger.Entry, err error) {
	between := c.single(AccountBetweenFiles)
	paid, err = ledger.NewEntry(on, EntryFileTransfer, ledger.Credit(c.Receivable(a.Patient), a.Amount), ledger.Debit(between, a.Amount))
	if err != nil {
		return paid, payer, err
	}
	payer, err = ledger.NewEntry(on, EntryFileTransfer, ledger.Debit(c.Receivable(a.Payer), a.Amount), ledger.Credit(between, a.Amount))
	return paid, payer, err
}

// Receivables are the accounts of a person's files.
func (c Clinic) Receivables(files Files) []ledger.Account {
	accounts := make([]ledger.Account, len(files))
	for i, f := range files {
		accounts[i] = c.Receivable(f)
	}
	return accounts
}
