package browser_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// moneyPages are the pages and sheets of money, with something on each; they
// are judged as the manager, who sees all of them.
func moneyPages(t *testing.T, s *site.Site) []judged {
	t.Helper()
	maryam, zahra := "/patients/"+strconv.FormatInt(int64(s.Maryam), 10), "/patients/"+strconv.FormatInt(int64(s.Zahra), 10)
	receipt := "/receipts/" + strconv.FormatInt(int64(fillTill(t, s)), 10)
	sheet := func(name string) string { return `[data-testid=sheet-` + name + `]` }
	pages := []judged{
		{name: "why", path: maryam + "/why?of=balance&tab=transactions", shows: `.why`},
		{name: "refund", path: zahra + "/refund", shows: sheet("refund")},
		{name: "refund-nothing", path: maryam + "/refund", shows: `[data-testid=sheet-none]`},
		{name: "void", path: receipt + "/void", shows: sheet("void")},
		{name: "transfer", path: receipt + "/transfer", shows: sheet("transfer")},
		{name: "receipt-paper", path: receipt + "/print?size=a5", shows: `[data-testid=receipt-paper]`},
		{name: "deposits-tab", path: maryam + "/statement/deposits", shows: `.deposits`},
		{name: "refused", path: "/receipts/1/void", shows: `[data-testid=problem]`},
	}
	for _, path := range []string{"/cashier", "/shifts", "/deposits", "/cheques", "/instalments", "/insurers", "/commissions", "/reports", "/reports/debtors",
		"/reports/cash", "/reports/services", "/reports/day", "/reports/trial-balance", "/settings/money", "/settings/discount_codes"} {
		pages = append(pages, judged{name: "money" + filepath.Base(path), path: path, shows: `main .page, main .settings`})
	}
	return pages
}

// fillTill takes money in every way and returns the receipt of some.
func fillTill(t *testing.T, s *site.Site) clinic.ReceiptID {
	t.Helper()
	ctx := t.Context()
	cheque := clinic.MoneyLine{Method: clinic.ByCheque, Amount: 400_000, Cheque: &clinic.Cheque{SayadID: "1234567890123456", Due: "2026-12-01", Bank: "ملت"}}
	done, err := s.Desk.Receive(ctx, s.Manager, office.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{cheque, {Method: clinic.Cash, Amount: 100_000}}})
	if err == nil {
		_, err = s.Desk.TakeDeposit(ctx, s.Manager, office.TakeDeposit{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 700_000}}})
	}
	if err == nil {
		_, err = s.Desk.AddDiscountCode(ctx, s.Manager, office.AddDiscountCode{Code: clinic.DiscountCode{Code: "SPRING", Percent: 1000, Uses: 3}})
	}
	if err != nil {
		t.Fatal(err)
	}
	return done.Receipt.ID
}

// No page or sheet of money has a serious or critical barrier.
func TestNoPageOfMoneyHasABarrier(t *testing.T) {
	script, err := os.ReadFile(filepath.Join("..", "..", "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	for part := range 2 { // two at a time
		t.Run("part "+strconv.Itoa(part+1), func(t *testing.T) {
			t.Parallel()
			d := arriveFor(t, judging, 1440, 900)
			pages := moneyPages(t, d.site)
			d.signInAs(string(clinic.Manager))
			for i, p := range pages {
				if i%2 == part {
					d.judge(string(script), p)
				}
			}
		})
	}
}
