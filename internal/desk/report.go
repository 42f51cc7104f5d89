package desk

import (
	"cmp"
	"context"

	"daftar/internal/clinic"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// TrialRow is one line of the trial balance: an account by its name in exports
// and its debits less its credits. All patients together are one line, as are
// all owners that have no code.
type TrialRow struct {
	Account string
	Unit    ledger.Unit
	Balance money.Amount
	Kind    string // of the account
	Name    string // of its owner: a place, an insurer, a section; "" for none
	Owner   int64  // below nothing when several share the line
}

// AccountRow is a posting with its entry.
type AccountRow = store.AccountRow

// accountPage is how many postings of an account are shown at once.
const accountPage = 100

// AccountPage is a page of what was posted to an account, the newest first.
type AccountPage struct {
	Rows         []AccountRow
	Persons      map[clinic.PatientID]clinic.Patient
	Newer, Older string
}

func (p AccountPage) shown() (people []clinic.PatientID) {
	for _, whom := range p.Persons {
		people = append(people, whom.ID)
	}
	return people
}

// AccountRows returns what was posted to the accounts of a kind, of one owner
// unless it is below nothing. Forbidden permission; Invalid page.cursor.
func (d *Desk) AccountRows(ctx context.Context, actor clinic.Actor, kind string, owner int64, v View) (AccountPage, error) {
	if err := actor.May(clinic.ExportBooks); err != nil {
		return AccountPage{}, err
	}
	return readPatient(ctx, d, actor, "account.read", func(w work) (p AccountPage, none clinic.PatientID, err error) {
		m, err := w.moment(v)
		if err != nil {
			return p, 0, err
		}
		from, err := offset(v.Cursor)
		if err != nil {
			return p, 0, err
		}
		rows, err := w.Tx.AccountRows(ctx, kind, owner, m, from, accountPage+1)
		if err != nil {
			return p, 0, err
		}
		p.Newer, p.Older = pagesAround(from, from+accountPage, from+len(rows), accountPage)
		p.Rows = rows[:min(len(rows), accountPage)]
		var files []clinic.PatientID
		for _, r := range p.Rows {
			if r.Patient != 0 {
				files = append(files, r.Patient)
			}
		}
		p.Persons, err = w.PersonsOf(ctx, files)
		for file, whom := range p.Persons {
			p.Persons[file] = w.masked(whom)
		}
		return p, 0, err
	})
}

// TrialBalance returns the balance of every account at the moment of the view.
// Internal ledger.trial when a unit does not sum to zero: then the books are
// damaged.
func (d *Desk) TrialBalance(ctx context.Context, actor clinic.Actor, v View) (rows []TrialRow, err error) {
	if err := actor.May(clinic.ExportBooks); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		m, err := w.moment(v)
		if err != nil {
			return err
		}
		balances, err := w.Tx.Balances(ctx, m)
		if err != nil {
			return err
		}
		trial, err := ledger.NewTrialBalance(balances)
		if err != nil {
			return err
		}
		codes, err := w.ownerCodes(ctx)
		if err != nil {
			return err
		}
		rows, err = trialRows(trial, codes)
		return err
	})
	return rows, err
}

// owner names the owner of an account.
type owner struct {
	kind string
	id   int64
}

// called is how an owner is called: by a code in exports, by a name on the
// screen.
type called struct{ code, name string }

// ownerCodes are what the owners are called that a trial balance names: places,
// insurers and sections.
func (w work) ownerCodes(ctx context.Context) (map[owner]called, error) {
	codes := map[owner]called{}
	for _, kind := range []string{clinic.AccountCash, clinic.AccountPOS, clinic.AccountBank} {
		places, err := w.Places(ctx, kind, w.actor.Branch)
		if err != nil {
			return nil, err
		}
		for _, p := range places {
			codes[owner{kind, int64(p.ID)}] = called{p.Code, p.Name}
		}
	}
	insurers, err := w.Insurers(ctx)
	if err != nil {
		return nil, err
	}
	for _, i := range insurers {
		codes[owner{clinic.AccountInsurer, int64(i.ID)}] = called{i.Code, i.Name}
	}
	sections, err := w.Sections(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range sections {
		codes[owner{clinic.AccountIncome, int64(s.ID)}] = called{s.Code, s.Name}
	}
	return codes, nil
}

// trialRows names the accounts and adds up those that share a name.
func trialRows(trial ledger.TrialBalance, codes map[owner]called) (rows []TrialRow, err error) {
	at := map[TrialRow]int{} // by name and unit
	for _, b := range trial {
		of := codes[owner{b.Account.Kind, b.Account.Owner}]
		row := TrialRow{Unit: b.Account.Unit}
		if row.Account, err = clinic.AccountName(b.Account.Kind, cmp.Or(of.code, "all")); err != nil {
			return nil, err
		}
		i, known := at[row]
		if !known {
			i = len(rows)
			at[row] = i
			row.Kind, row.Owner, row.Name = b.Account.Kind, b.Account.Owner, of.name
			rows = append(rows, row)
		} else {
			rows[i].Owner = -1
		}
		if rows[i].Balance, err = money.Add(rows[i].Balance, b.Amount); err != nil {
			return nil, err
		}
	}
	return rows, nil
}
