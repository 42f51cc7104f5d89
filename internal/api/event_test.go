package api_test

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// A program that accepts a stream hears of a change as it happens, and what it
// missed when it comes back.
func TestEvents(t *testing.T) {
	c := open(t)
	server := httptest.NewServer(c.handler)
	t.Cleanup(server.Close)
	listen := func(since string) *bufio.Scanner {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/api/v1/events", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+c.doctor)
		r.Header.Set("Accept", "text/event-stream")
		if since != "" {
			r.Header.Set("Last-Event-ID", since)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { response.Body.Close() })
		if got := response.Header.Get("Content-Type"); !strings.HasPrefix(got, "text/event-stream") {
			t.Fatalf("the answer is %s", got)
		}
		lines := bufio.NewScanner(response.Body)
		lines.Scan() // the head is here, so the watch has begun
		return lines
	}
	_, before := c.call("GET", "/events", c.doctor, "")
	lines := listen("")
	if _, err := c.desk.RegisterPatient(t.Context(), c.founder, desk.RegisterPatient{Patient: clinic.Patient{FirstName: "زهرا", LastName: "کریمی"}}); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(5*time.Second, c.desk.EndWatches) // so that a test that fails ends
	heard := upTo(lines, "data:")
	if !strings.Contains(heard, "event: change") || !strings.Contains(heard, `"action":"patient.register"`) || strings.Contains(heard, "زهرا") {
		t.Errorf("heard %s", heard)
	}
	if again := upTo(listen(before["next_cursor"].(string)), "data:"); !strings.Contains(again, `"action":"patient.register"`) {
		t.Errorf("who comes back hears %s", again)
	}
	_, list := c.call("GET", "/events?since="+before["next_cursor"].(string), c.doctor, "")
	if items := list["items"].([]any); len(items) != 1 {
		t.Errorf("the list holds %v", items)
	}
	_, list = c.call("GET", "/events?since="+list["next_cursor"].(string), c.doctor, "")
	if items := list["items"].([]any); len(items) != 0 {
		t.Errorf("nothing happened since, and the list holds %v", items)
	}
}

// upTo reads lines until one begins with prefix.
func upTo(lines *bufio.Scanner, prefix string) string {
	var all []string
	for lines.Scan() {
		all = append(all, lines.Text())
		if strings.HasPrefix(lines.Text(), prefix) {
			break
		}
	}
	return strings.Join(all, "\n")
}

// A mark that was never given may hide anything, so its reader starts again.
func TestAMarkThatIsNotOursIsNoBeginning(t *testing.T) {
	c := open(t)
	for _, since := range []string{"-1", "100000000000000000000", "x", "9223372036854775807"} {
		for name, ask := range map[string][]string{"in the address": {"?since=" + since}, "in the head": {"", "Last-Event-ID", since}} {
			_, list := c.call("GET", "/events"+ask[0], c.doctor, "", ask[1:]...)
			items, _ := list["items"].([]any)
			if len(items) != 1 || items[0].(map[string]any)["kind"] != "resync" {
				t.Errorf("since %s %s: %v", since, name, list)
			}
		}
	}
	if _, list := c.call("GET", "/events?since=0", c.doctor, ""); len(list["items"].([]any)) > 0 && list["items"].([]any)[0].(map[string]any)["kind"] == "resync" {
		t.Errorf("from the beginning: %v", list)
	}
}
