package sms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// kavenegarURL is where the service is.
const kavenegarURL = "https://api.kavenegar.com"

// Kavenegar hands messages to Kavenegar, or to a service that speaks as it does:
// a POST to /v1/KEY/sms/send.json. The message's id goes along as localid, by
// which the service knows one that it has taken already: it answers as the first
// time and sends nothing again.
type Kavenegar struct {
	URL     string // "" is Kavenegar's
	Key     string // of the account; it is part of the address
	From    string // number of the sender; "" is the account's own
	Timeout time.Duration
}

// What the service answers with, as far as it is looked at. The status of the
// answer is that of HTTP.
type kavenegarAnswer struct {
	Return struct {
		Status int `json:"status"`
	} `json:"return"`
	Entries []struct {
		ID     int64 `json:"messageid"`
		Status int   `json:"status"`
	} `json:"entries"`
}

// The service's numbers: of an answer that will not be another one the next
// time, since it is about the receiver or the text; and of a message that was
// taken and will not arrive.
var (
	kavenegarRefuses = []int{400, 406, 411, 413}
	kavenegarLost    = []int{6, 11, 13, 14, 100}
)

// Send hands a message over. It is fault.Refused when the service says that it
// never will send it, and another error when that is not known: it is away,
// slow, out of credit or answers something else. The error holds neither the
// message nor the key.
func (k Kavenegar) Send(ctx context.Context, m clinic.Message) error {
	if k.URL == "" {
		k.URL = kavenegarURL
	}
	if k.Timeout == 0 {
		k.Timeout = patience
	}
	ctx, cancel := context.WithTimeout(ctx, k.Timeout)
	defer cancel()
	form := url.Values{"receptor": {m.Mobile}, "message": {m.Text}, "localid": {idOf(m)}}
	if k.From != "" {
		form.Set("sender", k.From)
	}
	at := strings.TrimSuffix(k.URL, "/") + "/v1/" + url.PathEscape(k.Key) + "/sms/send.json"
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, at, strings.NewReader(form.Encode()))
	if err != nil {
		return errors.New("the address of the message service is none")
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := noRedirects.Do(r)
	if err != nil {
		return fmt.Errorf("message service: %w", bare(err))
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("message service: %w", bare(err))
	}
	return kavenegarSays(answer.StatusCode, said)
}

// kavenegarSays is what an answer means.
func kavenegarSays(code int, said []byte) error {
	var a kavenegarAnswer
	readable := json.Unmarshal(said, &a) == nil
	if readable && a.Return.Status != 0 {
		code = a.Return.Status
	}
	switch {
	// Only the service itself may refuse for good, not a proxy before it.
	case readable && slices.Contains(kavenegarRefuses, a.Return.Status):
		return fault.New(fault.Refused, "message.refused", "message service: it refused the message with %d", code)
	case code != http.StatusOK:
		return fmt.Errorf("message service: it answered %d", code)
	case !readable || len(a.Entries) != 1 || a.Entries[0].ID == 0:
		return errors.New("message service: it answered something else than it should")
	case slices.Contains(kavenegarLost, a.Entries[0].Status):
		return fault.New(fault.Refused, "message.refused", "message service: the message will not arrive, it says %d", a.Entries[0].Status)
	}
	return nil
}
