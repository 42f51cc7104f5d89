// Package gateway speaks to online gateways of banks: a generic one over HTTP,
// and a made-up bank for tests and the demo. It knows what a payment is and
// nothing of appointments, deposits or the database.
package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/money"
)

// HTTP is a gateway as they are in Iran: asked by a POST with JSON it answers
// with a reference; the payer goes to an address with that reference, comes
// back to the callback, and the gateway is asked what was paid. The names are
// those of its own papers; the zero value of each is the usual one.
type HTTP struct {
	StartURL  string // POST {merchant, amount, description, mobile, callback}
	VerifyURL string // POST {merchant, reference, amount}
	PayURL    string // where the payer goes; {reference} stands for it
	Merchant  string

	ReferenceField string // in answers; dots lead inside; "" is "reference"
	StatusField    string // in answers; "" is "status"
	AmountField    string // in the answer to verify; "" is "amount"
	TrackingField  string // in the answer to verify; "" is "tracking"
	Paid           string // values of the status that mean paid, commas between; "" is "100,101,paid"
	Failed         string // and those that mean it never will be; "" is "failed,cancelled"
	Timeout        time.Duration
}

const (
	patience  = 10 * time.Second
	maxAnswer = 64 << 10
)

// orWord is s, or what it usually is.
func orWord(s, usual string) string {
	if s == "" {
		return usual
	}
	return s
}

// Start asks for a payment.
func (h HTTP) Start(ctx context.Context, o clinic.PaymentOrder) (clinic.PaymentStart, error) {
	answer, err := h.ask(ctx, h.StartURL, map[string]any{"merchant": h.Merchant, "amount": int64(o.Amount), "currency": o.Currency,
		"description": o.Text, "mobile": o.Mobile, "callback": o.Callback})
	if err != nil {
		return clinic.PaymentStart{}, err
	}
	reference := inside(answer, orWord(h.ReferenceField, "reference"))
	if reference == "" || len(reference) > 200 {
		return clinic.PaymentStart{}, errors.New("gateway: it answered without a reference")
	}
	return clinic.PaymentStart{Reference: reference, Address: strings.ReplaceAll(h.PayURL, "{reference}", url.PathEscape(reference))}, nil
}

// Verify asks what became of a payment. An answer that is neither paid nor
// failed leaves it open. One that says paid without an amount means what was
// asked for: gateways that are told the amount refuse another.
func (h HTTP) Verify(ctx context.Context, reference string, asked money.Amount) (clinic.PaymentProof, error) {
	proof := clinic.PaymentProof{Status: clinic.PaymentStarted}
	answer, err := h.ask(ctx, h.VerifyURL, map[string]any{"merchant": h.Merchant, "reference": reference, "amount": int64(asked)})
	if err != nil {
		return proof, err
	}
	status := inside(answer, orWord(h.StatusField, "status"))
	switch {
	case status == "":
		return proof, errors.New("gateway: it answered without a status")
	case among(status, orWord(h.Failed, "failed,cancelled")):
		proof.Status = clinic.PaymentFailed
		return proof, nil
	case !among(status, orWord(h.Paid, "100,101,paid")):
		return proof, nil
	}
	proof.Status, proof.Amount, proof.Tracking = clinic.PaymentPaid, asked, inside(answer, orWord(h.TrackingField, "tracking"))
	if text := inside(answer, orWord(h.AmountField, "amount")); text != "" {
		amount, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return clinic.PaymentProof{}, errors.New("gateway: the amount is no number")
		}
		proof.Amount = money.Amount(amount)
	}
	return proof, nil
}

// ask posts JSON and reads JSON. Errors hold no address: it may hold a key.
func (h HTTP) ask(ctx context.Context, address string, question any) (answer map[string]any, err error) {
	if h.Timeout == 0 {
		h.Timeout = patience
	}
	ctx, cancel := context.WithTimeout(ctx, h.Timeout)
	defer cancel()
	body, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, errors.New("gateway: its address is none")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	got, err := noRedirects.Do(r)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err
		}
		return nil, fmt.Errorf("gateway: %w", err)
	}
	defer got.Body.Close()
	said := json.NewDecoder(io.LimitReader(got.Body, maxAnswer))
	said.UseNumber()
	if got.StatusCode/100 != 2 {
		return nil, fmt.Errorf("gateway: it answered %d", got.StatusCode)
	}
	if err := said.Decode(&answer); err != nil {
		return nil, errors.New("gateway: it answered no JSON")
	}
	return answer, nil
}

// noRedirects asks nobody else than who was to be asked.
var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// inside is a value of an answer as text; "" when there is none. Dots in the
// name lead inside objects.
func inside(answer map[string]any, name string) string {
	first, rest, deeper := strings.Cut(name, ".")
	if deeper {
		next, _ := answer[first].(map[string]any)
		return inside(next, rest)
	}
	switch v := answer[first].(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	}
	return ""
}

// among reports whether a word is one of a list with commas.
func among(word, list string) bool {
	for _, one := range strings.Split(list, ",") {
		if strings.TrimSpace(one) == word {
			return true
		}
	}
	return false
}
