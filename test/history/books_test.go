package history_test

// The plainest books there are: what each account holds, and a few lists of
// what there is to act on. Each command says beforehand what it will move.

// books is what each account of the trial balance holds; patients together are
// one, as there.
type books map[string]int64

// The accounts by their names in the trial balance.
const (
	cashAccount  = "assets:cash:main"
	posAccount   = "assets:pos:main"
	cardAccount  = "assets:bank:card"
	bankAccount  = "assets:bank:main"
	chequesHeld  = "assets:cheques"
	receivables  = "assets:receivable:patient:all"
	depositsHeld = "liabilities:deposit:all"
	income       = "income:service:clinic"
	forfeits     = "income:forfeit"
	discounts    = "expenses:discount"
	badDebt      = "expenses:baddebt"
	vatOwed      = "liabilities:vat"
)

// places is where the money of each method lies.
var places = map[string]string{"cash": cashAccount, "pos": posAccount, "card_to_card": cardAccount, "bank_transfer": bankAccount, "cheque": chequesHeld}

// client is a patient of the books.
type client struct {
	id, file string
	balance  int64
	deposits int64
	written  int64 // written off and not recovered
	waiting  int64 // cheques that are not money yet
}

// credit is what may be given back: no more than what is money.
func (c *client) credit() int64 { return max(0, -c.balance) }

// visit is an admission of the books.
type visit struct {
	id      string
	whose   *client
	state   string // draft, finalized, cancelled
	insured int
	lines   []visitLine
	// What the clinic let the patient off, in the order it did.
	late, writtenOff int64
	// What the base insurer paid, refused to the patient and refused for good.
	paid, moved, givenUp int64
}

type visitLine struct {
	gross, base, supplementary, discount, vat, share int64
	cancelled                                        bool
}

func (v *visit) sum(of func(l visitLine) int64) (sum int64) {
	for _, l := range v.lines {
		if !l.cancelled {
			sum += of(l)
		}
	}
	return sum
}

func (v *visit) share() int64 { return v.sum(func(l visitLine) int64 { return l.share }) }

// taken is a receipt of the books.
type taken struct {
	id    string
	whose *client
	lines []takenLine
	gone  bool // voided
	moved bool // transferred, so that its money is another fund
	given bool // some of its surplus became a deposit
}

type takenLine struct {
	line   int64 // its number
	method string
	amount int64
	cheque *paper
}

func (r *taken) amount() (sum int64) {
	for _, l := range r.lines {
		sum += l.amount
	}
	return sum
}

// paper is a cheque of the books.
type paper struct {
	id     string
	whose  *client
	amount int64
	state  string
}

// held is a deposit of the books.
type held struct {
	id      string
	whose   *client
	asked   int64
	left    int64
	applied map[*visit]int64
}

// move moves an amount between two accounts and, where they are a patient's,
// on the patient too.
func (m *machine) move(debit, credit string, amount int64, who *client) {
	if amount == 0 {
		return
	}
	m.books[debit] += amount
	m.books[credit] -= amount
	for account, sign := range map[string]int64{debit: 1, credit: -1} {
		switch account {
		case receivables:
			who.balance += sign * amount
		case depositsHeld:
			who.deposits -= sign * amount
		}
	}
}
