package clinic

import (
	"maps"
	"slices"

	"daftar/internal/fault"
	"daftar/internal/ledger"
)

// The kinds of account in the clinic's books. The owner of an account is named
// beside each kind.
const (
	AccountCash         = "cash"               // a cash desk
	AccountPOS          = "pos"                // a terminal
	AccountBank         = "bank"               // a bank account
	AccountCheques      = "cheques"            // cheques in hand
	AccountGateway      = "gateway"            // clearing of the online gateway
	AccountSafe         = "safe"               // one
	AccountInTransit    = "in_transit"         // one; nothing when no hand-over waits
	AccountReceivable   = "receivable"         // a patient
	AccountInsurer      = "insurer"            // an insurer
	AccountBetweenFiles = "between_files"      // one; always nothing
	AccountDeposit      = "deposit"            // a patient
	AccountVAT          = "vat"                // one
	AccountCommission   = "commission"         // whom it is owed
	AccountIncome       = "income"             // a section
	AccountForfeit      = "forfeit"            // one
	AccountDiscount     = "discount"           // one
	AccountBadDebt      = "baddebt"            // one
	AccountCommExp      = "commission_expense" // one
	AccountOverShort    = "overshort"          // one
	AccountOpening      = "opening"            // one
	AccountClubIssued   = "club_issued"        // one
	AccountClub         = "club"               // a patient
)

// accountNames is how each kind is called in exports; the label of the owner
// (file number, code) follows where there is one.
var accountNames = map[string]struct {
	name  string
	owned bool
}{
	AccountCash:         {"assets:cash", true},
	AccountPOS:          {"assets:pos", true},
	AccountBank:         {"assets:bank", true},
	AccountCheques:      {"assets:cheques", false},
	AccountGateway:      {"assets:gateway", false},
	AccountSafe:         {"assets:safe", false},
	AccountInTransit:    {"assets:in-transit", false},
	AccountReceivable:   {"assets:receivable:patient", true},
	AccountInsurer:      {"assets:receivable:insurer", true},
	AccountBetweenFiles: {"assets:receivable:between-files", false},
	AccountDeposit:      {"liabilities:deposit", true},
	AccountVAT:          {"liabilities:vat", false},
	AccountCommission:   {"liabilities:commission", true},
	AccountIncome:       {"income:service", true},
	AccountForfeit:      {"income:forfeit", false},
	AccountDiscount:     {"expenses:discount", false},
	AccountBadDebt:      {"expenses:baddebt", false},
	AccountCommExp:      {"expenses:commission", false},
	AccountOverShort:    {"expenses:overshort", false},
	AccountOpening:      {"equity:opening", false},
	AccountClubIssued:   {"club:issued", false},
	AccountClub:         {"club:patient", true},
}

// AccountKinds are all kinds of account that there are: the chart.
func AccountKinds() []string { return slices.Sorted(maps.Keys(accountNames)) }

// AccountName is the account's name in exports: "assets:cash:main". owner is
// the label of its owner, unused when there is only one. Internal account.kind
// for a kind that has no name.
func AccountName(kind, owner string) (string, error) {
	n, ok := accountNames[kind]
	if !ok {
		return "", fault.New(fault.Internal, "account.kind", "no name for accounts of kind %q", kind)
	}
	if !n.owned {
		return n.name, nil
	}
	return n.name + ":" + owner, nil
}

// Receivable is what a patient owes the clinic.
func (c Clinic) Receivable(p PatientID) ledger.Account {
	return ledger.Account{Kind: AccountReceivable, Owner: int64(p), Unit: c.Unit()}
}

// Deposit is money of a patient that the clinic holds for a future service.
func (c Clinic) Deposit(p PatientID) ledger.Account {
	return ledger.Account{Kind: AccountDeposit, Owner: int64(p), Unit: c.Unit()}
}

// Deposits are the deposit accounts of a person's files.
func (c Clinic) Deposits(files Files) []ledger.Account {
	accounts := make([]ledger.Account, len(files))
	for i, f := range files {
		accounts[i] = c.Deposit(f)
	}
	return accounts
}

// InsurerReceivable is what an insurer owes the clinic.
func (c Clinic) InsurerReceivable(i InsurerID) ledger.Account {
	return ledger.Account{Kind: AccountInsurer, Owner: int64(i), Unit: c.Unit()}
}

// Income is what a section earned.
func (c Clinic) Income(s SectionID) ledger.Account {
	return ledger.Account{Kind: AccountIncome, Owner: int64(s), Unit: c.Unit()}
}

// single is an account of which the clinic has one.
func (c Clinic) single(kind string) ledger.Account {
	return ledger.Account{Kind: kind, Unit: c.Unit()}
}
