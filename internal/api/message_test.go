package api_test

import (
	"context"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

func init() { treatments = append(treatments, tryMessages) }

// switchMessagesOn lets the clinic send messages.
func (c treated) switchMessagesOn(t *testing.T) {
	t.Helper()
	settings, err := c.desk.Clinic(t.Context(), c.founder.Clinic)
	if err != nil {
		t.Fatal(err)
	}
	settings.SMS = true
	if _, err := c.desk.SaveClinic(t.Context(), c.founder, desk.Save[clinic.Clinic]{Row: settings}); err != nil {
		t.Fatal(err)
	}
}

// tryMessages has a receipt told that the service refuses, and tries it again.
func tryMessages(t *testing.T, c treated) {
	t.Helper()
	ctx := t.Context()
	c.switchMessagesOn(t)
	row := clinic.DefaultTemplate(clinic.MessageReceipt)
	row.On = true
	if _, err := c.desk.SaveMessageTemplate(ctx, c.founder, desk.Save[clinic.MessageTemplate]{Row: row}); err != nil {
		t.Fatal(err)
	}
	// Nobody said anything about messages: those of service are agreed to.
	p := c.command(t, "whom to tell", "POST", "/patients", `{"first_name":"نرگس","last_name":"رضایی","mobile":"09121234567"}`)["id"].(string)
	c.command(t, "what to tell", "POST", "/patients/"+p+"/receipts", `{"lines":[{"method":"cash","amount":100000}]}`)
	if _, err := c.desk.SendMessages(ctx, c.founder.Clinic, func(context.Context, clinic.Message) error {
		return fault.New(fault.Refused, "message.refused", "no such number")
	}); err != nil {
		t.Fatal(err)
	}
	response, found := c.call("GET", "/messages?status=failed&patient_id="+p, c.manager, "")
	items, _ := found["items"].([]any)
	if len(items) != 1 {
		t.Fatalf("%d %v", response.StatusCode, found)
	}
	m := items[0].(map[string]any)
	if m["error"] != "no such number" || m["patient"] != "نرگس رضایی" || m["mobile"] != "09121234567" {
		t.Errorf("%v", m)
	}
	if again := c.command(t, "POST /messages/{id}/retry", "POST", "/messages/"+m["id"].(string)+"/retry", `{}`); again["status"] != "queued" {
		t.Errorf("%v", again)
	}
}
