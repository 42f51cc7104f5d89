package gateway

import (
	"context"
	"html/template"
	"net/http"
	"net/url"
	"sync"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/money"
)

// Bank is a made-up bank: a gateway whose page lets the reader choose what
// becomes of the payment. It moves no money and forgets everything when the
// program ends, so it is for tests and the demo only.
type Bank struct {
	Path  string           // where its page is served, "/pay/bank"
	Style string           // path of a style sheet; "" for none
	Now   func() time.Time // for payments that come late
	Key   func() string    // names a payment, never twice

	mu       sync.Mutex
	payments map[string]*bankPayment
}

type bankPayment struct {
	order clinic.PaymentOrder
	paid  time.Time // when the money is there; zero: not
	over  bool      // cancelled
}

// BankDelay is how late the money of "pay late" comes.
const BankDelay = 15 * time.Minute

// maxBankPayments bounds the memory that payments can take.
const maxBankPayments = 10_000

// Start keeps a payment.
func (b *Bank) Start(_ context.Context, o clinic.PaymentOrder) (clinic.PaymentStart, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.payments == nil || len(b.payments) >= maxBankPayments {
		b.payments = map[string]*bankPayment{}
	}
	reference := b.Key()
	b.payments[reference] = &bankPayment{order: o}
	return clinic.PaymentStart{Reference: reference, Address: b.Path + "?reference=" + url.QueryEscape(reference)}, nil
}

// Verify says what became of a payment.
func (b *Bank) Verify(_ context.Context, reference string, _ money.Amount) (clinic.PaymentProof, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.payments[reference]
	switch {
	case p == nil || p.over:
		return clinic.PaymentProof{Status: clinic.PaymentFailed}, nil
	case p.paid.IsZero() || b.Now().Before(p.paid):
		return clinic.PaymentProof{Status: clinic.PaymentStarted}, nil
	}
	return clinic.PaymentProof{Status: clinic.PaymentPaid, Amount: p.order.Amount, Tracking: reference}, nil
}

// Choose is what the reader of the page chose: "paid", "cancelled" or "late".
// It returns where the browser goes. NotFound page.none.
func (b *Bank) Choose(reference, what string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	p := b.payments[reference]
	if p == nil {
		return "", fault.New(fault.NotFound, "page.none", "the bank knows no such payment")
	}
	if p.paid.IsZero() && !p.over {
		switch what {
		case "paid":
			p.paid = b.Now()
		case "late":
			p.paid = b.Now().Add(BankDelay)
		default:
			p.over = true
		}
	}
	return p.order.Callback + "?reference=" + url.QueryEscape(reference), nil
}

// ServeHTTP is the bank's page.
func (b *Bank) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	reference := r.FormValue("reference")
	if r.Method == http.MethodPost {
		where, err := b.Choose(reference, r.PostFormValue("what"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, where, http.StatusSeeOther)
		return
	}
	b.mu.Lock()
	p := b.payments[reference]
	b.mu.Unlock()
	if p == nil {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("X-Robots-Tag", "noindex, nofollow")
	text := message.Persian.Text
	// What cannot be written reached nobody.
	_ = bankPage.Execute(w, map[string]any{"Title": text("bank.title"), "Lead": text("bank.lead"), "What": p.order.Text,
		"Amount": text("bank.amount", "amount", money.IRR.Format(p.order.Amount)), "Reference": reference, "Path": b.Path, "Style": b.Style,
		"Paid": text("bank.paid"), "Cancelled": text("bank.cancelled"), "Late": text("bank.late")})
}

var bankPage = template.Must(template.New("bank").Parse(`<!DOCTYPE html>
<html lang="fa" dir="rtl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>{{.Title}}</title>{{with .Style}}<link rel="stylesheet" href="{{.}}">{{end}}</head>
<body><main class="alone"><section class="entrance" data-testid="bank"><h1>{{.Title}}</h1><p>{{.Lead}}</p><p>{{.What}}</p><p><b>{{.Amount}}</b></p>
<form method="post" action="{{.Path}}"><input type="hidden" name="reference" value="{{.Reference}}">
<button class="btn main wide" name="what" value="paid">{{.Paid}}</button> <button class="btn wide" name="what" value="cancelled">{{.Cancelled}}</button>
<button class="btn wide" name="what" value="late">{{.Late}}</button></form></section></main></body></html>`))
