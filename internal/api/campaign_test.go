package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() { treatments = append(treatments, tryCampaigns) }

// tryCampaigns writes a campaign, has its messages queued and stops it.
func tryCampaigns(t *testing.T, c treated) {
	t.Helper()
	c.switchMessagesOn(t)
	c.command(t, "whom to advertise to", "POST", "/patients", `{"first_name":"مینا","last_name":"رضایی","mobile":"09121234568","sms_advertising":true,"tags":["vip"]}`)
	made := c.command(t, "POST /campaigns", "POST", "/campaigns", `{"title":"نوروز","text":"{نام} عزیز","audience":{"tag":"vip","source":""}}`)
	id := made["id"].(string)
	c.asked["GET /campaigns/{id}"] = "/campaigns/" + id
	response, shown := c.call("GET", "/campaigns/"+id, c.manager, "")
	if reach := shown["reaches"].(map[string]any); response.StatusCode != 200 || reach["reached"] != 1.0 || response.Header.Get("ETag") != `"1"` {
		t.Errorf("%d %v", response.StatusCode, shown)
	}
	for name, one := range map[string]struct {
		path, body string
		headers    []string
		status     int
		code       string
	}{
		"an unknown field":   {"/campaigns", `{"title":"x","text":"{قیمت}"}`, []string{"Idempotency-Key", "f"}, 400, "template.field"},
		"without a key":      {"/campaigns", `{"title":"x","text":"x"}`, nil, 400, "request.key"},
		"no such condition":  {"/campaigns", `{"title":"x","text":"x","audience":{"rich":true}}`, []string{"Idempotency-Key", "c"}, 400, "request.unknown"},
		"a time in the past": {"/campaigns/" + id + "/schedule", `{"starts":"2020-01-01T00:00:00Z"}`, []string{"Idempotency-Key", "p"}, 400, "campaign.past"},
		"the zero instant":   {"/campaigns/" + id + "/schedule", `{"starts":"0001-01-01T00:00:00Z"}`, []string{"Idempotency-Key", "z"}, 400, "campaign.past"},
		"no instant":         {"/campaigns/" + id + "/schedule", `{"starts":""}`, []string{"Idempotency-Key", "e"}, 400, "date.syntax"},
		"an old version":     {"/campaigns/" + id + "/schedule", `{}`, []string{"Idempotency-Key", "v", "If-Match", `"7"`}, 409, "campaign.stale"},
		"no version at all":  {"/campaigns/" + id + "/schedule", `{"version":0}`, []string{"Idempotency-Key", "w"}, 400, "request.version"},
		"an endless tag":     {"/campaigns", `{"title":"x","text":"x","audience":{"tag":"` + strings.Repeat("س", 1000) + `"}}`, []string{"Idempotency-Key", "t"}, 400, "text.long"},
		"no such provider":   {"/campaigns", `{"title":"x","text":"x","audience":{"provider_id":"99"}}`, []string{"Idempotency-Key", "q"}, 404, "provider.none"},
		"a draft is no news": {"/campaigns/" + id + "/stop", `{}`, []string{"Idempotency-Key", "s"}, 422, "campaign.state"},
		"no such campaign":   {"/campaigns/99/stop", `{}`, []string{"Idempotency-Key", "n"}, 404, "campaign.none"},
	} {
		if response, problem := c.call("POST", one.path, c.manager, one.body, one.headers...); response.StatusCode != one.status || problem["code"] != one.code {
			t.Errorf("%s: %d %v", name, response.StatusCode, problem)
		}
	}
	c.command(t, "POST /campaigns/{id}/schedule", "POST", "/campaigns/"+id+"/schedule", `{}`, "If-Match", `"1"`)
	if n, err := c.desk.SendCampaigns(t.Context(), c.founder.Clinic); err != nil || n != 1 {
		t.Fatalf("%d are queued, %v", n, err)
	}
	if stopped := c.command(t, "POST /campaigns/{id}/stop", "POST", "/campaigns/"+id+"/stop", `{}`); stopped["status"] != "stopped" {
		t.Errorf("%v", stopped)
	}
	response, shown = c.call("GET", "/campaigns/"+id, c.manager, "")
	left := map[any]any{}
	for _, one := range shown["result"].(map[string]any)["left_out"].([]any) {
		left[one.(map[string]any)["reason"]] = one.(map[string]any)["people"]
	}
	if response.StatusCode != http.StatusOK || left["stopped"] != 1.0 {
		t.Errorf("%v", shown)
	}
	draft := c.command(t, "a second thought", "POST", "/campaigns", `{"title":"x","text":"x"}`)["id"].(string)
	c.command(t, "POST /campaigns/{id}/discard", "POST", "/campaigns/"+draft+"/discard", `{"version":1}`)
	if response, _ := c.call("GET", "/campaigns/"+draft, c.manager, ""); response.StatusCode != http.StatusNotFound {
		t.Errorf("what was thrown away answers %d", response.StatusCode)
	}
	tryClosedCampaign(t, c)
}

// tryClosedCampaign has a campaign chosen by what people owe sent, and looks at
// it as somebody who may not see that.
func tryClosedCampaign(t *testing.T, c treated) {
	t.Helper()
	id := c.command(t, "a campaign by accounts", "POST", "/campaigns", `{"title":"تسویه","text":"{نام} عزیز","audience":{"filter":"settled","tag":"vip"}}`)["id"].(string)
	crm := c.advertiser(t)
	told := func(path string) string {
		t.Helper()
		response, body := c.call("GET", path, crm, "")
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %v", path, response.StatusCode, body)
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	lacks := func(path string, words ...string) {
		t.Helper()
		got := told(path)
		for _, word := range words {
			if strings.Contains(got, word) {
				t.Errorf("%s tells %s: %s", path, word, got)
			}
		}
	}
	lacks("/campaigns/"+id, `"reaches"`, `"estimate"`)
	c.command(t, "it is sent", "POST", "/campaigns/"+id+"/schedule", `{}`)
	if n, err := c.desk.SendCampaigns(t.Context(), c.founder.Clinic); err != nil || n != 1 {
		t.Fatalf("%d are queued, %v", n, err)
	}
	lacks("/campaigns/"+id, `"result"`, `"estimate"`)
	if all := told("/campaigns"); strings.Count(all, `"messages"`) != strings.Count(all, `"status"`)-1 {
		t.Errorf("of one campaign the numbers are not told: %s", all)
	}
	_, messages := c.call("GET", "/messages?kind=campaign", c.manager, "")
	if n := len(messages["items"].([]any)); n != 2 {
		t.Errorf("the manager sees %d messages", n)
	}
	_, messages = c.call("GET", "/messages?kind=campaign", crm, "")
	if n := len(messages["items"].([]any)); n != 1 {
		t.Errorf("who may not see money sees %d messages", n)
	}
}

// advertiser is the key of somebody who writes campaigns and may not see money.
func (c treated) advertiser(t *testing.T) string {
	t.Helper()
	_, err := c.desk.AddStaff(t.Context(), c.founder, desk.AddStaff{Password: "a long password",
		Staff: clinic.Staff{Name: "ناز", Role: clinic.CRM, Username: "naz", Branch: c.founder.Branch}})
	if err != nil {
		t.Fatal(err)
	}
	key, err := c.desk.CreateToken(t.Context(), c.founder, "naz", 1e12)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
