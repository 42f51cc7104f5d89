package web_test

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/test/engine"
	"daftar/test/site"
)

// The line under the strip says what to do next and leads there; the strip
// holds nothing that is nothing.
func TestTheWindowSaysWhatIsNext(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	owing := p.get(path(s.Maryam, "/statement/summary"))
	owing.wants(t, http.StatusOK, `data-testid="next-receive"`, "۴٬۸۰۰٬۰۰۰ ریال بدهکار است؛ قدیمی‌ترین ۴۰ روز.", `data-testid="next-finalize"`,
		`data-testid="action-cashier"`, `data-testid="action-copy-file"`)
	owing.lacks(t, "چک وصول‌نشده", "نزد بیمه‌گر", "بستانکاری تخصیص")
	settled := p.get(path(s.Ali, "/statement/summary"))
	settled.wants(t, http.StatusOK, "حساب تسویه است")
	settled.lacks(t, `data-testid="next-receive"`)
	past := p.get(path(s.Maryam, "/statement/summary?as_of=1405/08/30"))
	past.lacks(t, `data-testid="next"`)
}

// Who may not read mobiles sees the end of one, on no page more than that; who
// may not see amounts is told of no debt and still has something to do.
func TestWhatADoctorSeesOfAPerson(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Doctor)
	for _, where := range []string{"/patients", path(s.Maryam, "/statement/summary"), path(s.Maryam, "/statement/admissions")} {
		p.get(where).lacks(t, "09123456780", "۰۹۱۲\u00a0۳۴۵\u00a0۶۷۸۰", "4800000", "۴٬۸۰۰٬۰۰۰")
	}
	got := p.get(path(s.Maryam, "/statement/summary"))
	got.wants(t, http.StatusOK, "۶۷۸۰", `data-testid="action-copy-file"`, `data-print`)
	got.lacks(t, `data-testid="action-copy-mobile"`, `data-testid="next-receive"`, "filter.kind.money", "kind=money")
	p.get(path(s.Maryam, "/statement/transactions.csv")).wants(t, http.StatusForbidden)
}

func TestRowsAreCountedAndTurned(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	summary := path(s.Maryam, "/statement/summary")
	p.get(summary).wants(t, http.StatusOK, `data-testid="count" data-count="7"`, "۷ رویداد")
	paged := p.get(summary + "?rows=3")
	paged.wants(t, http.StatusOK, "۱ تا ۳ از ۷ رویداد", "rows=3")
	turned := p.get(summary + "?rows=3&order=asc")
	turned.wants(t, http.StatusOK, "۱ تا ۳ از ۷ رویداد", `data-testid="row-registration-`)
	paged.lacks(t, `data-testid="row-registration-`)
	p.get(summary+"?rows=9000").wants(t, http.StatusOK, "۷ رویداد")
	p.get(summary+"?staff=12345").wants(t, http.StatusOK, "با این صافی‌ها ردیفی نیست")
	p.get(summary+"?kind=receipt").wants(t, http.StatusOK, `data-count="1"`)
}

// The file holds every row of the filter, oldest first, in Latin digits.
func TestTransactionsAsAFile(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	got := p.get(path(s.Maryam, "/statement/transactions.csv?rows=1"))
	got.wants(t, http.StatusOK)
	if kind := got.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Errorf("content type %q", kind)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	h, err := s.Desk.Transactions(t.Context(), s.Manager, s.Maryam, desk.View{})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+h.Header.Transactions {
		t.Fatalf("%d rows with the head, the account has %d", len(rows), h.Header.Transactions)
	}
	first, last := rows[1], rows[len(rows)-1]
	if first[0] != "1405/07/23" || first[1] != "2026-10-15" || first[7] != "4000000" || last[9] != "4800000" {
		t.Errorf("first %q, last %q", first, last)
	}
	receipts := p.get(path(s.Maryam, "/statement/transactions.csv?kind=receipt"))
	if n := strings.Count(strings.TrimSpace(receipts.body), "\n"); n != 1 {
		t.Errorf("%d receipts: %s", n, receipts.body)
	}
	p.get(path(s.Maryam, "/statement/transactions")).wants(t, http.StatusOK, `transactions.csv`)
}

// An amount that looks wrong beside the debt is pointed out and not refused.
func TestAnAmountThatLooksWrong(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Receptionist)
	for amount, says := range map[string]string{
		"48000000": "ده برابر بدهی است", "480000": "یک‌دهم بدهی است", "20000000": "بسیار بیش از بدهی است",
	} {
		p.post(path(s.Maryam, "/receipts/preview"), "method-0", "cash", "amount-0", amount).wants(t, http.StatusOK, `data-testid="suspect"`, says, `data-testid="balance-after"`)
	}
	p.post(path(s.Maryam, "/receipts/preview"), "method-0", "cash", "amount-0", "4800000").lacks(t, `data-testid="suspect"`)
}
