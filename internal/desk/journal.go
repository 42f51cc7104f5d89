package desk

import (
	"bufio"
	"encoding/json"

	"daftar/internal/jalali"
	"daftar/internal/sheet"
	"daftar/internal/store"
)

// journalCSV writes one row for each posting.
type journalCSV struct {
	to       *bufio.Writer
	table    *sheet.Writer
	accounts map[int64]namedAccount
}

func (j *journalCSV) open(accounts []namedAccount, _ jalali.Day) (err error) {
	j.accounts = byID(accounts)
	j.table, err = sheet.NewWriter(j.to, "entry", "day", "at", "recorded", "kind", "number", "patient", "method",
		"reverses", "account", "amount", "unit")
	return err
}

func (j *journalCSV) entry(e store.JournalEntry) error {
	for _, p := range e.Postings {
		a := j.accounts[p.Account]
		err := j.table.Row(decimal(e.ID), string(e.Day), instant(e.At), instant(e.Recorded), e.Kind, e.Number.String(),
			decimal(e.Patient), e.Method, decimal(e.Reverses), a.name, plainAmount(a, p.Amount), string(a.Unit))
		if err != nil {
			return err
		}
	}
	return nil
}

func (j *journalCSV) close() error { return j.table.Close() }

// journalLines writes one JSON object a line for each entry. Amounts are minor
// units, as in the API.
type journalLines struct {
	to       *bufio.Writer
	accounts map[int64]namedAccount
	encoder  *json.Encoder
}

// journalLine is an entry in JSON; ids are strings.
type journalLine struct {
	Entry    string           `json:"entry"`
	Day      jalali.Day       `json:"day"`
	At       string           `json:"at"`
	Recorded string           `json:"recorded"`
	Kind     string           `json:"kind"`
	Number   string           `json:"number,omitempty"`
	Patient  string           `json:"patient,omitempty"`
	Method   string           `json:"method,omitempty"`
	Reverses string           `json:"reverses,omitempty"`
	Postings []journalPosting `json:"postings"`
}

type journalPosting struct {
	Account string `json:"account"`
	Amount  int64  `json:"amount"`
	Unit    string `json:"unit"`
}

func (j *journalLines) open(accounts []namedAccount, _ jalali.Day) error {
	j.accounts = byID(accounts)
	j.encoder = json.NewEncoder(j.to)
	return nil
}

func (j *journalLines) entry(e store.JournalEntry) error {
	line := journalLine{Entry: decimal(e.ID), Day: e.Day, At: instant(e.At), Recorded: instant(e.Recorded), Kind: e.Kind,
		Number: e.Number.String(), Patient: decimal(e.Patient), Method: e.Method, Reverses: decimal(e.Reverses)}
	for _, p := range e.Postings {
		a := j.accounts[p.Account]
		line.Postings = append(line.Postings, journalPosting{a.name, int64(p.Amount), string(a.Unit)})
	}
	return j.encoder.Encode(line)
}

func (j *journalLines) close() error { return j.to.Flush() }

func byID(accounts []namedAccount) map[int64]namedAccount {
	named := make(map[int64]namedAccount, len(accounts))
	for _, a := range accounts {
		named[a.ID] = a
	}
	return named
}
