package sms_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/sms"
)

var told = clinic.Message{ID: 7, Mobile: "09121234567", Kind: clinic.MessageCode, Text: "کد: 123456\nمرکز & دوستان"}

func TestTheLogNeverSaysACodeAndTheFileDoes(t *testing.T) {
	var log bytes.Buffer
	path := filepath.Join(t.TempDir(), "messages")
	for _, f := range []*sms.File{{}, {Path: path}} {
		f.Log = slog.New(slog.NewTextHandler(&log, nil))
		if err := f.Send(t.Context(), told); err != nil {
			t.Fatal(err)
		}
	}
	if s := log.String(); !strings.Contains(s, "one_time_code") || strings.Contains(s, "123456") || strings.Contains(s, "0912") {
		t.Error(s)
	}
	kept, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(kept), "09121234567") || !strings.Contains(string(kept), "123456") || strings.Count(string(kept), "\n") != 1 {
		t.Errorf("%q %v", kept, err)
	}
	if err := (&sms.File{Log: slog.New(slog.DiscardHandler), Path: filepath.Join(path, "x")}).Send(t.Context(), told); err == nil {
		t.Error("a file that cannot be written is no error")
	}
}

func TestAMessageIsPosted(t *testing.T) {
	var got http.Request
	var body []byte
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = *r
		body, _ = io.ReadAll(r.Body)
		io.WriteString(w, `{"status":"OK"}`)
	}))
	defer service.Close()
	h := sms.HTTP{URL: service.URL, From: "3000", Header: "apikey: secret", Accept: "OK", Body: "receptor={to}&message={text}&sender={from}&id={id}"}
	if err := h.Send(t.Context(), told); err != nil {
		t.Fatal(err)
	}
	r := http.Request{Method: http.MethodPost, Header: got.Header, Body: io.NopCloser(bytes.NewReader(body))}
	if r.PostFormValue("receptor") != told.Mobile || r.PostFormValue("message") != told.Text || r.PostFormValue("sender") != "3000" || got.Header.Get("Apikey") != "secret" ||
		r.PostFormValue("id") != "7" || got.Header.Get("Idempotency-Key") != "7" {
		t.Errorf("%s %v", body, got.Header)
	}
}

func TestAServiceThatFails(t *testing.T) {
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
		case "/away":
			http.Redirect(w, r, "/well", http.StatusTemporaryRedirect)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "OK")
		default:
			io.WriteString(w, "<html>nonsense</html>")
		}
	}))
	defer service.Close()
	defer close(let)
	for _, path := range []string{"/slow", "/500", "/away", "/cut", "/nonsense"} {
		h := sms.HTTP{URL: service.URL + path + "?key=hidden", Accept: "OK", Timeout: 100 * time.Millisecond}
		err := h.Send(t.Context(), told)
		if err == nil {
			t.Errorf("%s is no error", path)
		} else if s := err.Error(); strings.Contains(s, "hidden") || strings.Contains(s, "123456") || strings.Contains(s, "0912") {
			t.Errorf("%s tells %q", path, s)
		}
	}
	if err := (sms.HTTP{URL: "http://127.0.0.1:1/key"}).Send(t.Context(), told); err == nil || strings.Contains(err.Error(), "/key") {
		t.Error(err)
	}
}
