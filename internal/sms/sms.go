// Package sms hands messages to whoever carries them: a file and the log, or a
// service over HTTP. It knows neither the clinic's rules nor its database.
package sms

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"daftar/internal/clinic"
)

// File says in the log that there was a message, never what it says: a one-time
// code is a key. With a path the message is also written there, one a line.
type File struct {
	Log  *slog.Logger
	Path string // "": only the log
	mu   sync.Mutex
}

// Send writes a message.
func (f *File) Send(ctx context.Context, m clinic.Message) error {
	f.Log.InfoContext(ctx, "message", "id", m.ID, "kind", m.Kind, "written", f.Path != "")
	if f.Path == "" {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	file, err := os.OpenFile(f.Path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(file, "%s\t%s\t%s\n", m.Mobile, m.Kind, strings.ReplaceAll(m.Text, "\n", " "))
	return errors.Join(err, file.Close())
}

// HTTP hands messages to a service: one POST each. In Body {to}, {text}, {from}
// and {id} stand for what they say, written as a form. The id is the same when a
// message is handed over again, also in the header Idempotency-Key: a service
// that looks at it sends the message once.
type HTTP struct {
	URL     string
	Body    string        // "" is "to={to}&text={text}&from={from}"
	From    string        // number of the sender
	Header  string        // "Name: value" with the key of the account; "" for none
	Accept  string        // text that the answer must hold; "" for any
	Timeout time.Duration // 0 is ten seconds
}

// What a service may take, and say.
const (
	patience  = 10 * time.Second
	maxAnswer = 64 << 10
)

// Send hands a message over. It is an error when the service does not answer in
// time, not with 2xx, or not with the text that it should; the error holds
// neither the message nor the account.
func (h HTTP) Send(ctx context.Context, m clinic.Message) error {
	if h.Timeout == 0 {
		h.Timeout = patience
	}
	ctx, cancel := context.WithTimeout(ctx, h.Timeout)
	defer cancel()
	if h.Body == "" {
		h.Body = "to={to}&text={text}&from={from}"
	}
	body := strings.NewReplacer("{to}", url.QueryEscape(m.Mobile), "{text}", url.QueryEscape(m.Text), "{from}", url.QueryEscape(h.From),
		"{id}", idOf(m)).Replace(h.Body)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.URL, strings.NewReader(body))
	if err != nil {
		return errors.New("the address of the message service is none")
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Idempotency-Key", idOf(m))
	if name, value, ok := strings.Cut(h.Header, ":"); ok {
		r.Header.Set(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	answer, err := noRedirects.Do(r)
	if err != nil {
		return fmt.Errorf("message service: %w", bare(err))
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	switch {
	case err != nil:
		return fmt.Errorf("message service: %w", bare(err))
	case answer.StatusCode/100 != 2:
		return fmt.Errorf("message service: it answered %d", answer.StatusCode)
	case !strings.Contains(string(said), h.Accept):
		return errors.New("message service: it answered something else than it should")
	}
	return nil
}

// idOf is how a service knows a message.
func idOf(m clinic.Message) string { return strconv.FormatInt(int64(m.ID), 10) }

// noRedirects takes a message nowhere else than where it was sent.
var noRedirects = &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}

// bare is an error without the address, which may hold the key of the account.
func bare(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return e.Err
	}
	return err
}
