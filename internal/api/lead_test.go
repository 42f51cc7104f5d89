package api_test

import "testing"

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		l := c.command(t, "POST /leads", "POST", "/leads", `{"name":"سارا رحیمی","mobile":"+989121112233","service_id":"`+c.service+`","acquisition_source":"instagram"}`)
		id := l["id"].(string)
		if l["mobile"] != "09121112233" || l["state"] != "new" || l["patient_id"] != nil || l["channel"] != "staff" {
			t.Errorf("%v", l)
		}
		a := c.command(t, "POST /leads/{id}/activities", "POST", "/leads/"+id+"/activities", `{"kind":"call_out","subject":"قیمت","done":true,"outcome":"call_again","next":{"due":"2026-12-01"}}`)
		if a["lead_id"] != id || a["patient_id"] != nil {
			t.Errorf("%v", a)
		}
		edited := c.command(t, "POST /leads/{id}/edit", "POST", "/leads/"+id+"/edit", `{"name":"سارا رحیمی","mobile":"09121112233","note":"فقط عصرها","seen_version":2}`)
		if edited["version"] != 3.0 || edited["note"] != "فقط عصرها" {
			t.Errorf("%v", edited)
		}
		lost := c.command(t, "POST /leads/{id}/state", "POST", "/leads/"+id+"/state", `{"state":"lost","reason":"گران بود","dry_run":true}`)
		if lost["state"] != "lost" {
			t.Errorf("%v", lost)
		}
		converted := c.command(t, "POST /leads/{id}/convert", "POST", "/leads/"+id+"/convert", `{}`)
		if converted["patient_id"] == nil || converted["state"] != "following" {
			t.Errorf("%v", converted)
		}
		_, file := c.call("GET", "/leads/"+id, c.manager, "")
		history, activities := file["history"].([]any), file["activities"].([]any)
		if len(history) != 4 || history[0].(map[string]any)["kind"] != "linked" || len(activities) != 2 || activities[0].(map[string]any)["patient_id"] != converted["patient_id"] {
			t.Errorf("%v", file)
		}
		_, list := c.call("GET", "/leads?state=open&q=رحیمی", c.manager, "")
		items := list["items"].([]any)
		if len(items) != 1 || items[0].(map[string]any)["next"].(map[string]any)["due"] != "2026-12-01" || list["counts"].(map[string]any)["following"] != 1.0 {
			t.Errorf("%v", list)
		}
		_, theirs := c.call("POST", "/leads", c.doctor, `{"patient_id":"`+c.patient+`","service_id":"`+c.service+`"}`, "Idempotency-Key", "the doctor's lead")
		c.asked["GET /leads/{id}"] = "/leads/" + theirs["id"].(string) // the doctor sees no other
		if _, list := c.call("GET", "/leads", c.doctor, ""); list["count"] != 1.0 {
			t.Errorf("the doctor sees %v", list)
		}
		leadsRefused(t, c, id, theirs["id"].(string))
	})
}

// leadsRefused are the answers to what cannot be: of a lead that is a patient's,
// and of one of a patient that a doctor recorded.
func leadsRefused(t *testing.T, c treated, id, theirs string) {
	t.Helper()
	_, fresh := c.call("POST", "/leads", c.manager, `{"name":"تازه","mobile":"09351110000"}`, "Idempotency-Key", "a fresh lead")
	for name, one := range map[string]struct {
		path, body string
		status     int
		code       string
	}{
		"a second conversion":    {"/leads/" + id + "/convert", `{}`, 409, "lead.patient"},
		"with a name, once more": {"/leads/" + id + "/convert", `{"first_name":"x"}`, 409, "lead.patient"},
		"a name for a file":      {"/leads/" + theirs + "/convert", `{"patient_id":"` + c.patient + `","first_name":"x"}`, 400, "lead.convert_name"},
		"a patient by an edit":   {"/leads/" + id + "/edit", `{"name":"x","mobile":"09121112233","patient_id":"` + c.patient + `"}`, 400, "lead.edit_patient"},
		"from an old screen":     {"/leads/" + fresh["id"].(string) + "/convert", `{"seen_version":99}`, 409, "lead.stale"},
		"lost without a reason":  {"/leads/" + id + "/state", `{"state":"lost"}`, 400, "lead.reason"},
		"converted by hand":      {"/leads/" + id + "/state", `{"state":"converted"}`, 422, "lead.move"},
		"an old screen":          {"/leads/" + id + "/state", `{"state":"invalid","seen_version":1}`, 409, "lead.stale"},
		"nobody's name":          {"/leads", `{"mobile":"09121112233"}`, 400, "lead.name"},
		"no mobile":              {"/leads", `{"name":"x"}`, 400, "lead.mobile"},
		"a list that is none":    {"/leads?state=won", "", 400, "lead.filter"},
		"one that is not there":  {"/leads/17/state", `{"state":"lost","reason":"x"}`, 404, "lead.none"},
		"a call about nobody":    {"/leads/17/activities", `{"kind":"call_out","subject":"x"}`, 404, "lead.none"},
		"a marketer who is none": {"/leads", `{"name":"x","mobile":"09121112233","introducer_id":"` + c.patient + `"}`, 400, "patient.introducer_inactive"},
		"a service that is none": {"/leads", `{"name":"x","mobile":"09121112233","service_id":"17"}`, 404, "service.none"},
		"an owner who is nobody": {"/leads", `{"name":"x","mobile":"09121112233","owner_id":"17"}`, 404, "staff.none"},
	} {
		method := "POST"
		if one.body == "" {
			method = "GET"
		}
		response, problem := c.call(method, one.path, c.manager, one.body, "Idempotency-Key", "lead "+name)
		if response.StatusCode != one.status || problem["code"] != one.code {
			t.Errorf("%s: %d %v", name, response.StatusCode, problem)
		}
	}
	if response, problem := c.call("POST", "/leads", c.manager, `{"name":"x","mobile":"09121112233"}`); response.StatusCode != 400 || problem["code"] != "request.key" {
		t.Errorf("without a key: %d %v", response.StatusCode, problem)
	}
}
