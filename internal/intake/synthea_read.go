package intake

import (
	"slices"
	"strings"
	"time"

	"daftar/internal/money"
	"daftar/internal/sheet"
)

// The kinds of claim transactions.
const (
	syntheaCharge      = "CHARGE"
	syntheaPayment     = "PAYMENT"
	syntheaTransferOut = "TRANSFEROUT"
	syntheaTransferIn  = "TRANSFERIN"
)

// payer is who holds a debt in the files: "1" the primary insurer, "2" the
// secondary one, "p" the patient.
type payer string

const (
	primary   payer = "1"
	secondary payer = "2"
	patient   payer = "p"
)

// syntheaSet is what the files say, read and checked.
type syntheaSet struct {
	patients   []sheet.Row
	payers     []sheet.Row
	providers  []sheet.Row
	coverages  []sheet.Row
	admissions []*syntheaAdmission // by START
	claims     int
	rows       int // claim transactions
}

// syntheaAdmission is an encounter with the charges of its claims.
type syntheaAdmission struct {
	row                sheet.Row
	at                 time.Time
	claims             []*syntheaClaim
	primary, secondary string // payers' ids; "" none
	charges            []*syntheaCharged
}

// syntheaClaim is a claim with its transactions in the order of CHARGEID.
type syntheaClaim struct {
	row          sheet.Row
	transactions []sheet.Row
}

// syntheaCharged is one charge and what happened to it.
type syntheaCharged struct {
	row    sheet.Row
	amount money.Amount
	holder payer
	moves  []syntheaMove
}

// syntheaMove is a row after the charge: from holds the debt; a transfer gives
// it to to.
type syntheaMove struct {
	row      sheet.Row
	kind     string // syntheaPayment or, out and in together, syntheaTransferIn
	method   string
	amount   money.Amount
	from, to payer
	at       time.Time
}

// syntheaRead is a reading under way.
type syntheaRead struct {
	folder
	set        syntheaSet
	encounters map[string]*syntheaAdmission
	known      map[string]map[string]bool // ids by file
}

// readSynthea reads and checks the folder. Invalid import.rows.
func readSynthea(dir string) (*syntheaSet, error) {
	r := &syntheaRead{folder: folder{dir: dir}, encounters: map[string]*syntheaAdmission{}, known: map[string]map[string]bool{}}
	for _, f := range []struct {
		file    string
		into    *[]sheet.Row
		columns string
	}{
		{"patients.csv", &r.set.patients, "Id BIRTHDATE SSN PASSPORT FIRST LAST MARITAL GENDER ADDRESS CITY STATE ZIP"},
		{"payers.csv", &r.set.payers, "Id NAME"},
		{"providers.csv", &r.set.providers, "Id NAME"},
		{"payer_transitions.csv", &r.set.coverages, "PATIENT MEMBERID START_DATE END_DATE PAYER SECONDARY_PAYER"},
	} {
		rows, err := r.table(f.file, f.columns)
		if err != nil {
			return nil, err
		}
		*f.into = rows
	}
	if err := r.readEncounters(); err != nil {
		return nil, err
	}
	if err := r.readClaims(); err != nil {
		return nil, err
	}
	if err := r.problems.Err(); err != nil {
		return nil, err
	}
	for _, a := range r.set.admissions {
		r.follow(a)
	}
	return &r.set, r.problems.Err()
}

// table reads a file and notes its ids.
func (r *syntheaRead) table(file, columns string) ([]sheet.Row, error) {
	names := strings.Fields(columns)
	rows, err := r.read(file, true, sheet.Columns{Required: names, Any: true})
	ids := map[string]bool{}
	if names[0] == "Id" {
		for _, row := range rows {
			if id := row.Get("Id"); id == "" || ids[id] {
				r.problems.Add(row.Wrong("Id", "the id %q is empty or there twice", id))
			} else {
				ids[id] = true
			}
		}
	}
	r.known[file] = ids
	return rows, err
}

// refer notes a problem when a value is no id of the other file.
func (r *syntheaRead) refer(row sheet.Row, column, file string) {
	if id := row.Get(column); !r.known[file][id] {
		r.problems.Add(row.Wrong(column, "%q is not in %s", id, file))
	}
}

func (r *syntheaRead) readEncounters() error {
	rows, err := r.table("encounters.csv", "Id START PATIENT PROVIDER ENCOUNTERCLASS CODE DESCRIPTION")
	if err != nil {
		return err
	}
	for _, row := range rows {
		r.refer(row, "PATIENT", "patients.csv")
		a := &syntheaAdmission{row: row, at: r.instant(row, "START")}
		r.encounters[row.Get("Id")] = a
		r.set.admissions = append(r.set.admissions, a)
	}
	slices.SortStableFunc(r.set.admissions, func(a, b *syntheaAdmission) int { return a.at.Compare(b.at) })
	return nil
}

// instant reads an instant.
func (r *syntheaRead) instant(row sheet.Row, column string) time.Time {
	at, err := time.Parse(time.RFC3339, row.Get(column))
	if err != nil {
		r.problems.Add(row.Wrong(column, "%q is no instant like 2014-05-06T08:34:30Z", row.Get(column)))
	}
	return at.UTC()
}

// readClaims gives each encounter its claims and each claim its transactions.
func (r *syntheaRead) readClaims() error {
	rows, err := r.table("claims.csv", "Id PATIENTID PROVIDERID PRIMARYPATIENTINSURANCEID SECONDARYPATIENTINSURANCEID APPOINTMENTID")
	if err != nil {
		return err
	}
	claims := map[string]*syntheaClaim{}
	for _, row := range rows {
		r.refer(row, "APPOINTMENTID", "encounters.csv")
		for _, insurer := range []string{"PRIMARYPATIENTINSURANCEID", "SECONDARYPATIENTINSURANCEID"} {
			if row.Get(insurer) != "" {
				r.refer(row, insurer, "payers.csv")
			}
		}
		claim := &syntheaClaim{row: row}
		claims[row.Get("Id")] = claim
		if a := r.encounters[row.Get("APPOINTMENTID")]; a != nil {
			r.insure(a, claim)
		}
	}
	r.set.claims = len(rows)
	transactions, err := r.table("claims_transactions.csv", "ID CLAIMID CHARGEID PATIENTID TYPE AMOUNT METHOD FROMDATE "+
		"PROCEDURECODE NOTES TRANSFEROUTID TRANSFERTYPE PAYMENTS TRANSFERS OUTSTANDING PROVIDERID")
	for _, row := range transactions {
		r.refer(row, "CLAIMID", "claims.csv")
		r.refer(row, "PROVIDERID", "providers.csv")
		if claim := claims[row.Get("CLAIMID")]; claim != nil {
			claim.transactions = append(claim.transactions, row)
		}
	}
	r.set.rows = len(transactions)
	return err
}

// insure adds a claim to its encounter. All claims of one have the same payers.
func (r *syntheaRead) insure(a *syntheaAdmission, claim *syntheaClaim) {
	one, two := claim.row.Get("PRIMARYPATIENTINSURANCEID"), claim.row.Get("SECONDARYPATIENTINSURANCEID")
	if len(a.claims) > 0 && a.primary != one {
		r.problems.Add(claim.row.Wrong("PRIMARYPATIENTINSURANCEID", "another claim of the encounter has another payer"))
	}
	if len(a.claims) > 0 && a.secondary != two {
		r.problems.Add(claim.row.Wrong("SECONDARYPATIENTINSURANCEID", "another claim of the encounter has another payer"))
	}
	a.primary, a.secondary = one, two
	a.claims = append(a.claims, claim)
}
