package sms_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"daftar/internal/fault"
	"daftar/internal/sms"
)

// kavenegar is a service that speaks as Kavenegar does, on this machine: it
// knows a message by its localid and sends it once.
type kavenegar struct {
	mu    sync.Mutex
	sent  map[string]string // text by localid
	calls int
}

func (k *kavenegar) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.calls++
	if r.Method != http.MethodPost || r.URL.Path != "/v1/KEY/sms/send.json" {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"return":{"status":403,"message":"کد شناسائی معتبر نمی‌باشد"},"entries":null}`)
		return
	}
	if !strings.HasPrefix(r.PostFormValue("receptor"), "09") {
		w.WriteHeader(http.StatusLengthRequired)
		io.WriteString(w, `{"return":{"status":411,"message":"دریافت کننده نامعتبر است"},"entries":null}`)
		return
	}
	local := r.PostFormValue("localid")
	if _, known := k.sent[local]; !known {
		k.sent[local] = r.PostFormValue("message")
	}
	json.NewEncoder(w).Encode(map[string]any{"return": map[string]any{"status": 200, "message": "تایید شد"},
		"entries": []map[string]any{{"messageid": 8792343, "message": k.sent[local], "status": 1, "statustext": "در صف ارسال", "sender": r.PostFormValue("sender"),
			"receptor": r.PostFormValue("receptor"), "date": 1356619709, "cost": 120}}})
}

func TestKavenegarTakesAMessageOnce(t *testing.T) {
	fake := &kavenegar{sent: map[string]string{}}
	service := httptest.NewServer(fake)
	defer service.Close()
	k := sms.Kavenegar{URL: service.URL + "/", Key: "KEY", From: "10004346"}
	for range 3 {
		if err := k.Send(t.Context(), told); err != nil {
			t.Fatal(err)
		}
	}
	if len(fake.sent) != 1 || fake.sent["7"] != told.Text || fake.calls != 3 {
		t.Errorf("%v after %d calls", fake.sent, fake.calls)
	}
	nobody := told
	nobody.Mobile = "12"
	if err := k.Send(t.Context(), nobody); fault.Of(err) != fault.Refused {
		t.Errorf("a number that is none: %v", err)
	}
	k.Key = "WRONG"
	if err := k.Send(t.Context(), told); err == nil || fault.Of(err) == fault.Refused || strings.Contains(err.Error(), "WRONG") {
		t.Errorf("a wrong key: %v", err)
	}
}

// Whatever the service does, a message is sent, tried again or given up, and
// what is said of it holds neither the text nor the key.
func TestWhatKavenegarAnswers(t *testing.T) {
	entry := func(status int) string {
		return fmt.Sprintf(`{"return":{"status":200},"entries":[{"messageid":1,"status":%d}]}`, status)
	}
	for name, one := range map[string]struct {
		code int
		body string
		want string // "sent", "again" or "never"
	}{
		"in its queue":                  {200, entry(1), "sent"},
		"with the operator":             {200, entry(4), "sent"},
		"delivered before":              {200, entry(10), "sent"},
		"failed for good":               {200, entry(6), "never"},
		"blocked by the receiver":       {200, entry(14), "never"},
		"no credit":                     {418, `{"return":{"status":418},"entries":null}`, "again"},
		"too many at once":              {429, ``, "again"},
		"a key that was switched off":   {401, `{"return":{"status":401},"entries":null}`, "again"},
		"a text that it does not take":  {413, `{"return":{"status":413},"entries":null}`, "never"},
		"its own fault":                 {500, `oh`, "again"},
		"a proxy that is ill":           {502, `<html>`, "again"},
		"a proxy that says 400":         {400, `<html>`, "again"},
		"refused under a good code":     {200, `{"return":{"status":409},"entries":null}`, "again"},
		"nonsense":                      {200, `<html>hello</html>`, "again"},
		"JSON about something else":     {200, `{"ok":true}`, "again"},
		"no entry":                      {200, `{"return":{"status":200},"entries":[]}`, "again"},
		"entries of another kind":       {200, `{"return":{"status":200},"entries":{"datetime":"x"}}`, "again"},
		"half an answer":                {200, `{"return":{"status":200},"entr`, "again"},
		"somewhere else":                {302, ``, "again"},
		"silence":                       {0, ``, "again"},
		"an answer as large as a house": {200, strings.Repeat(" ", 1<<20) + entry(1), "again"},
	} {
		t.Run(name, func(t *testing.T) {
			service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if one.code == 0 {
					io.Copy(io.Discard, r.Body) // only then a server sees that the caller went away
					<-r.Context().Done()
					return
				}
				w.WriteHeader(one.code)
				io.WriteString(w, one.body)
			}))
			defer service.Close()
			k := sms.Kavenegar{URL: service.URL, Key: "hidden-key", Timeout: 300 * time.Millisecond}
			err := k.Send(t.Context(), told)
			got := "again"
			switch {
			case err == nil:
				got = "sent"
			case fault.Of(err) == fault.Refused:
				got = "never"
			}
			if got != one.want {
				t.Errorf("%s: %v, want %s", got, err, one.want)
			}
			if err != nil && (strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), "123456") || strings.Contains(err.Error(), "0912")) {
				t.Errorf("it tells %q", err)
			}
		})
	}
	if err := (sms.Kavenegar{URL: "http://127.0.0.1:1", Key: "hidden-key"}).Send(t.Context(), told); err == nil || strings.Contains(err.Error(), "hidden") {
		t.Error(err)
	}
}
