package clinic_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

func amount(n int64) *money.Amount { a := money.Amount(n); return &a }

func heldOf(received, left int64) clinic.Deposit {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	d := clinic.Deposit{Amount: money.Amount(received), Recorded: at}
	if received > 0 {
		d.First = at
	}
	d.Received, d.Remaining, d.Applied = money.Amount(received), money.Amount(left), money.Amount(received-left)
	return d
}

func TestHowFarADepositIs(t *testing.T) {
	withdrawn, undone := clinic.Deposit{Amount: 5, Recorded: time.Unix(9, 0), Withdrawn: time.Unix(10, 0)}, heldOf(5, 5)
	undone.Received, undone.Remaining, undone.Applied = 0, 0, 0
	askedAndUndone := undone
	askedAndUndone.First = undone.Recorded.Add(time.Hour)
	for name, tt := range map[string]struct {
		d    clinic.Deposit
		want clinic.DepositStatus
	}{
		"asked for and not paid":                 {clinic.Deposit{Amount: 5, Recorded: time.Unix(9, 0)}, clinic.DepositRequested},
		"asked for in vain":                      {withdrawn, clinic.DepositWithdrawn},
		"taken and taken back at once":           {undone, clinic.DepositWithdrawn},
		"asked for, paid and the payment undone": {askedAndUndone, clinic.DepositRequested},
		"held whole":                             {heldOf(5, 5), clinic.DepositOpen},
		"used in part":                           {heldOf(5, 2), clinic.DepositPartlyUsed},
		"used up":                                {heldOf(5, 0), clinic.DepositClosed},
	} {
		if got := tt.d.Status(); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}

func TestWhatADepositPays(t *testing.T) {
	for name, tt := range map[string]struct {
		d    clinic.Deposit
		want *money.Amount
		due  money.Amount
		got  money.Amount
		code string
		most string
	}{
		"as much as is due":                       {heldOf(20, 20), nil, 12, 12, "", ""},
		"as much as it holds":                     {heldOf(10, 10), nil, 60, 10, "", ""},
		"a part that is said":                     {heldOf(30, 30), amount(7), 28, 7, "", ""},
		"more than is due":                        {heldOf(30, 30), amount(30), 28, 0, "deposit.more_than_due", "28"},
		"more than it holds":                      {heldOf(30, 5), amount(6), 28, 0, "deposit.more_than_left", "5"},
		"nothing":                                 {heldOf(30, 5), amount(0), 28, 0, "deposit.amount", ""},
		"less than nothing":                       {heldOf(30, 5), amount(-1), 28, 0, "deposit.amount", ""},
		"of an admission that is paid":            {heldOf(30, 5), nil, 0, 0, "deposit.not_due", ""},
		"from one that holds nothing":             {heldOf(30, 0), nil, 28, 0, "deposit.empty", ""},
		"from one that was only asked for":        {heldOf(0, 0), amount(1), 28, 0, "deposit.empty", ""},
		"more than is due, from one with nothing": {heldOf(30, 0), amount(30), 28, 0, "deposit.empty", ""},
	} {
		got, err := tt.d.Apply(tt.want, tt.due)
		e, _ := fault.As(err)
		if got != tt.got || fault.Code(err) != tt.code || tt.most != "" && e.Args["limit"] != tt.most {
			t.Errorf("%s: %v %v, want %v %s", name, got, err, tt.got, tt.code)
		}
	}
}

func TestWhatTheTiersKeep(t *testing.T) {
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	c := clinic.Clinic{Currency: money.IRR, Zone: tehran, Rules: clinic.DefaultMoneyRules()}
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		planned time.Duration // from now; 0: no visit
		left    int64
		expires jalali.Day
		want    money.Amount
	}{
		"three days before":              {72 * time.Hour, 10_000_000, "", 2_000_000},
		"two days before to the hour":    {48 * time.Hour, 10_000_000, "", 2_000_000},
		"a minute less than two days":    {48*time.Hour - time.Minute, 10_000_000, "", 5_000_000},
		"a day before":                   {24 * time.Hour, 10_000_000, "", 5_000_000},
		"on the day":                     {3 * time.Hour, 10_000_000, "", 10_000_000},
		"after the visit":                {-3 * time.Hour, 10_000_000, "", 10_000_000},
		"no visit is planned":            {0, 10_000_000, "", 0},
		"most of it is used":             {72 * time.Hour, 500_000, "", 500_000},
		"past its last day":              {0, 10_000_000, "2026-11-22", 10_000_000},
		"on its last day":                {0, 10_000_000, "2026-11-23", 0},
		"used up, and past its last day": {0, 0, "2026-11-22", 0},
	} {
		d := heldOf(10_000_000, tt.left)
		d.Expires = tt.expires
		if tt.planned != 0 {
			d.Planned = now.Add(tt.planned)
		}
		if got := d.ProposeForfeit(c, now); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestHowADepositGoesBack(t *testing.T) {
	line := func(m clinic.Method, n int64) clinic.MoneyLine {
		return clinic.MoneyLine{Method: m, Amount: money.Amount(n)}
	}
	cash, card := []clinic.MoneyLine{line(clinic.Cash, 10)}, []clinic.MoneyLine{line(clinic.POS, 10)}
	both := []clinic.MoneyLine{line(clinic.Cash, 4), line(clinic.POS, 6)}
	for name, tt := range map[string]struct {
		in, out  []clinic.MoneyLine
		back     clinic.MoneyLine
		override string
		code     string
	}{
		"cash as cash":                             {cash, nil, line(clinic.Cash, 10), "", ""},
		"a card's money to the card":               {card, nil, line(clinic.CardToCard, 10), "", ""},
		"a card's money by a transfer":             {card, nil, line(clinic.BankTransfer, 10), "", ""},
		"cash to a card":                           {cash, nil, line(clinic.CardToCard, 1), "", "refund.source"},
		"a card's money as cash":                   {card, nil, line(clinic.Cash, 1), "", "refund.source"},
		"another way that is explained":            {card, nil, line(clinic.Cash, 10), "کارت باطل شده", ""},
		"no more cash than came":                   {both, nil, line(clinic.Cash, 5), "", "refund.source"},
		"all the cash that came":                   {both, nil, line(clinic.Cash, 4), "", ""},
		"cash that went back already":              {both, []clinic.MoneyLine{line(clinic.Cash, -4)}, line(clinic.Cash, 1), "", "refund.source"},
		"credit that became a deposit, any way":    {nil, nil, line(clinic.Cash, 10), "", ""},
		"a card's money after the cash went back":  {both, []clinic.MoneyLine{line(clinic.Cash, -4)}, line(clinic.CardToCard, 6), "", ""},
		"more than came by card beside other cash": {both, nil, line(clinic.CardToCard, 7), "", "refund.source"},
	} {
		if err := clinic.CheckDepositRefund(tt.in, tt.out, tt.back, tt.override); fault.Code(err) != tt.code {
			t.Errorf("%s: %v, want %s", name, err, tt.code)
		}
	}
	for first, want := range map[clinic.Method]clinic.Method{clinic.POS: clinic.CardToCard, clinic.Cash: clinic.Cash, clinic.BankTransfer: clinic.BankTransfer} {
		if got := clinic.BackBy([]clinic.MoneyLine{line(first, 5), line(clinic.Cash, 5)}); got != want {
			t.Errorf("money that came by %s goes back by %s, want %s", first, got, want)
		}
	}
}

func TestANewDeposit(t *testing.T) {
	tehran, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		t.Fatal(err)
	}
	c := clinic.Clinic{Currency: money.IRR, Zone: tehran, Rules: clinic.DefaultMoneyRules()}
	const today = jalali.Day("2026-11-23")
	for name, tt := range map[string]struct {
		d       clinic.Deposit
		expires jalali.Day
		code    string
	}{
		"holds half a year":                     {clinic.Deposit{Amount: 1}, today.Add(180), ""},
		"holds until the day that is said":      {clinic.Deposit{Amount: 1, Expires: today.Add(3)}, today.Add(3), ""},
		"holds until the visit that is planned": {clinic.Deposit{Amount: 1, Planned: today.Add(300).Time()}, today.Add(300), ""},
		"not for nothing":                       {clinic.Deposit{}, "", "deposit.amount"},
		"not beyond all bounds":                 {clinic.Deposit{Amount: money.Max + 1}, "", "money.large"},
		"not until yesterday":                   {clinic.Deposit{Amount: 1, Expires: today.Add(-1)}, "", "deposit.expires"},
	} {
		got, err := clinic.CheckDeposit(c, tt.d, today)
		if fault.Code(err) != tt.code || err == nil && got.Expires != tt.expires {
			t.Errorf("%s: until %s, %v; want %s %s", name, got.Expires, err, tt.expires, tt.code)
		}
	}
	c.Rules.DepositDays = 0
	if got, err := clinic.CheckDeposit(c, clinic.Deposit{Amount: 1}, today); err != nil || got.Expires != "" {
		t.Errorf("a clinic whose deposits hold for ever: %q %v", got.Expires, err)
	}
	if _, _, err := clinic.CheckDepositMoney([]clinic.MoneyLine{{Method: clinic.ByCheque, Amount: 1}}); fault.Code(err) != "deposit.cheque" {
		t.Errorf("by cheque: %v", err)
	}
}

func TestWhatComesBackToADeposit(t *testing.T) {
	funds := []clinic.Fund{{ID: 1, Pays: 10}, {ID: 2, Pays: 3, Left: 2}, {ID: 3}}
	for name, tt := range map[string]struct {
		want  *money.Amount
		parts []clinic.FundPart
		code  string
	}{
		"all of it, the youngest first": {nil, []clinic.FundPart{{2, 5}, {1, 10}}, ""},
		"a part of the youngest":        {amount(4), []clinic.FundPart{{2, 4}}, ""},
		"more than one":                 {amount(6), []clinic.FundPart{{2, 5}, {1, 1}}, ""},
		"more than there is":            {amount(16), nil, "deposit.more_than_applied"},
		"nothing":                       {amount(0), nil, "deposit.amount"},
	} {
		parts, err := clinic.UnapplyParts(funds, tt.want)
		if fault.Code(err) != tt.code || len(parts) != len(tt.parts) {
			t.Errorf("%s: %v %v", name, parts, err)
			continue
		}
		for i := range parts {
			if parts[i] != tt.parts[i] {
				t.Errorf("%s: %v, want %v", name, parts, tt.parts)
			}
		}
	}
	if _, err := clinic.UnapplyParts(nil, nil); fault.Code(err) != "deposit.not_applied" {
		t.Errorf("what was never used: %v", err)
	}
}
