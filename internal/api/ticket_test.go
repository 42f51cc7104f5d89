package api_test

import (
	"net/http"
	"testing"
)

// A program reports a problem and is answered, without a patient in it.
func TestTicketsByProgram(t *testing.T) {
	c := open(t)
	made, ticket := c.call("POST", "/tickets", c.doctor, `{"subject":"چاپ","text":"چاپ نمی‌شود","page":"/patients/12/statement/summary?q=x"}`)
	if made.StatusCode != http.StatusCreated || ticket["page"] != "/patients/{}/statement/summary" || ticket["area"] != "statement" || ticket["status"] != "open" {
		t.Fatalf("%d %v", made.StatusCode, ticket)
	}
	replies := "/tickets/" + ticket["id"].(string) + "/replies"
	for name, call := range map[string]struct {
		path, token, body string
		status            int
		code              any
	}{
		"no text":              {"/tickets", c.doctor, `{"subject":"x"}`, http.StatusBadRequest, "ticket.text"},
		"a field of nobody":    {"/tickets", c.doctor, `{"subject":"x","text":"y","patient":"1"}`, http.StatusBadRequest, "request.unknown"},
		"a ticket of nobody":   {"/tickets/7/replies", c.doctor, `{"text":"x"}`, http.StatusNotFound, "ticket.none"},
		"no id":                {"/tickets/x/replies", c.doctor, `{"text":"x"}`, http.StatusNotFound, "ticket.none"},
		"the author as helper": {replies, c.doctor, `{"status":"answered"}`, http.StatusUnprocessableEntity, "ticket.author"},
		"tried only":           {replies, c.manager, `{"text":"x","dry_run":true}`, http.StatusCreated, nil},
		"nobody":               {replies, "", `{"text":"x"}`, http.StatusUnauthorized, "token.none"},
	} {
		t.Run(name, func(t *testing.T) {
			got, body := c.call("POST", call.path, call.token, call.body)
			if got.StatusCode != call.status || body["code"] != call.code {
				t.Errorf("%d %v", got.StatusCode, body)
			}
		})
	}
	if _, answered := c.call("POST", replies, c.manager, `{"text":"درست شد"}`); answered["status"] != "answered" {
		t.Errorf("%v", answered)
	}
	if got, body := c.call("GET", "/tickets?status=zzz", c.doctor, ""); got.StatusCode != http.StatusBadRequest || body["code"] != "ticket.status" || body["field"] != "status" {
		t.Errorf("a status that is none: %d %v", got.StatusCode, body)
	}
	if _, open := c.call("GET", "/tickets?status=open", c.doctor, ""); len(open["items"].([]any)) != 0 {
		t.Errorf("%v", open)
	}
	if _, mine := c.call("GET", "/tickets", c.doctor, ""); len(mine["items"].([]any)) != 1 {
		t.Errorf("%v", mine)
	}
}
