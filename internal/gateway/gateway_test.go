package gateway_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/gateway"
	"daftar/internal/money"
)

func TestAPaymentIsStartedAndVerified(t *testing.T) {
	var asked map[string]any
	answer := ""
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = nil
		if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
			t.Error(err)
		}
		io.WriteString(w, answer)
	}))
	defer service.Close()
	h := gateway.HTTP{StartURL: service.URL + "/request", VerifyURL: service.URL + "/verify", PayURL: "https://bank/pay/{reference}", Merchant: "m",
		ReferenceField: "data.authority", StatusField: "data.code", AmountField: "data.amount", TrackingField: "data.ref_id", Paid: "100, 101", Failed: "-51"}
	answer = `{"data":{"code":100,"authority":"A/1"}}`
	start, err := h.Start(t.Context(), clinic.PaymentOrder{Amount: 5_000_000, Currency: "IRR", Text: "x", Callback: "http://x/back"})
	if err != nil || start.Reference != "A/1" || start.Address != "https://bank/pay/A%2F1" {
		t.Errorf("%+v %v", start, err)
	}
	if asked["amount"] != 5e6 || asked["callback"] != "http://x/back" || asked["merchant"] != "m" {
		t.Errorf("%v", asked)
	}
	for text, want := range map[string]clinic.PaymentProof{
		`{"data":{"code":100,"ref_id":77}}`:          {Status: clinic.PaymentPaid, Amount: 5_000_000, Tracking: "77"},
		`{"data":{"code":101,"amount":4000000}}`:     {Status: clinic.PaymentPaid, Amount: 4_000_000},
		`{"data":{"code":"100","amount":"5000000"}}`: {Status: clinic.PaymentPaid, Amount: 5_000_000},
		`{"data":{"code":-51}}`:                      {Status: clinic.PaymentFailed},
		`{"data":{"code":-99}}`:                      {Status: clinic.PaymentStarted},
	} {
		answer = text
		if got, err := h.Verify(t.Context(), "A/1", 5_000_000); err != nil || got != want {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	if asked["reference"] != "A/1" || asked["amount"] != 5e6 {
		t.Errorf("%v", asked)
	}
	for _, text := range []string{"", "nonsense", `[]`, `{}`, `{"data":"x"}`, `{"data":{"code":100,"amount":"much"}}`} {
		answer = text
		if got, err := h.Verify(t.Context(), "A/1", 1); err == nil || got.Status == clinic.PaymentPaid {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
	answer = `{"data":{}}`
	if start, err := h.Start(t.Context(), clinic.PaymentOrder{Amount: 1}); err == nil {
		t.Errorf("%+v", start)
	}
}

func TestAGatewayThatFails(t *testing.T) {
	let := make(chan struct{})
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/slow":
			select {
			case <-let:
			case <-r.Context().Done():
			}
		case "/500":
			w.WriteHeader(500)
			io.WriteString(w, `{"status":"100"}`)
		default:
			http.Redirect(w, r, "/x", http.StatusFound)
		}
	}))
	defer service.Close()
	defer close(let)
	for _, path := range []string{"/slow", "/500", "/away"} {
		h := gateway.HTTP{VerifyURL: service.URL + path + "?key=hidden", Timeout: 100 * time.Millisecond}
		if got, err := h.Verify(t.Context(), "A", 1); err == nil || strings.Contains(err.Error(), "hidden") || got.Status == clinic.PaymentPaid {
			t.Errorf("%s: %+v %v", path, got, err)
		}
	}
}

func TestTheMadeUpBank(t *testing.T) {
	now := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	keys := []string{"one", "two", "three"}
	b := &gateway.Bank{Path: "/pay/bank", Now: func() time.Time { return now }, Key: func() (key string) { key, keys = keys[0], keys[1:]; return key }}
	verify := func(reference string, want clinic.PaymentStatus, amount money.Amount) {
		t.Helper()
		if got, err := b.Verify(t.Context(), reference, 1); err != nil || got.Status != want || got.Amount != amount {
			t.Errorf("%s: %+v %v", reference, got, err)
		}
	}
	for _, what := range []string{"paid", "cancelled", "late"} {
		start, err := b.Start(t.Context(), clinic.PaymentOrder{Amount: 5_000_000, Text: "بیعانه <b>", Callback: "http://x/back"})
		if err != nil {
			t.Fatal(err)
		}
		verify(start.Reference, clinic.PaymentStarted, 0)
		w := httptest.NewRecorder()
		b.ServeHTTP(w, httptest.NewRequest(http.MethodGet, start.Address, nil))
		if s := w.Body.String(); !strings.Contains(s, "۵٬۰۰۰٬۰۰۰") || strings.Contains(s, "<b>"+"\"") || !strings.Contains(s, "&lt;b&gt;") {
			t.Error(s)
		}
		form := url.Values{"reference": {start.Reference}, "what": {what}}
		r := httptest.NewRequest(http.MethodPost, "/pay/bank", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w = httptest.NewRecorder()
		b.ServeHTTP(w, r)
		if where := w.Header().Get("Location"); where != "http://x/back?reference="+start.Reference {
			t.Error(where)
		}
	}
	verify("one", clinic.PaymentPaid, 5_000_000)
	verify("two", clinic.PaymentFailed, 0)
	verify("three", clinic.PaymentStarted, 0)
	now = now.Add(gateway.BankDelay)
	verify("three", clinic.PaymentPaid, 5_000_000)
	verify("none", clinic.PaymentFailed, 0)
	if _, err := b.Choose("none", "paid"); fault.Of(err) != fault.NotFound {
		t.Error(err)
	}
	if _, err := b.Choose("two", "paid"); err != nil {
		t.Error(err)
	}
	verify("two", clinic.PaymentFailed, 0) // it stays as it was chosen
}
