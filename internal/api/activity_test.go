package api_test

import (
	"testing"
)

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		write := func(subject, more string) string {
			return c.command(t, "activity "+subject, "POST", "/patients/"+c.patient+"/activities",
				`{"kind":"call_out","subject":"`+subject+`"`+more+`}`)["id"].(string)
		}
		c.command(t, "done with a next one", "POST", "/patients/"+c.patient+"/activities",
			`{"kind":"call_in","subject":"قیمت","done":true,"outcome":"call_again","result":"فردا","next":{"due":"2026-12-01"}}`)
		a := write("ایمپلنت", `,"service_id":"`+c.service+`"`)
		moved := c.command(t, "POST /activities/{id}/reschedule", "POST", "/activities/"+a+"/reschedule", `{"due":"1405/09/12","seen_version":1}`)
		if moved["due"] != "2026-12-03" || moved["version"] != 2.0 {
			t.Errorf("%v", moved)
		}
		c.command(t, "POST /activities/{id}/next", "POST", "/activities/"+a+"/next", `{"kind":"visit","due":"2026-12-05"}`)
		c.command(t, "POST /activities/{id}/cancel", "POST", "/activities/"+a+"/cancel", `{"reason":"نمی‌خواهد"}`)
		open := c.command(t, "POST /activities/{id}/reopen", "POST", "/activities/"+a+"/reopen", `{}`)
		if open["status"] != "open" || open["reason"] != nil {
			t.Errorf("%v", open)
		}
		dry := c.command(t, "dry", "POST", "/activities/"+a+"/complete", `{"outcome":"answered","dry_run":true}`)
		if dry["status"] != "done" {
			t.Errorf("%v", dry)
		}
		_, list := c.call("GET", "/activities?view=open&kind=call_out", c.manager, "")
		items := list["items"].([]any)
		var row map[string]any
		for _, i := range items {
			if one := i.(map[string]any); one["id"] == a {
				row = one
			}
		}
		if row == nil || row["next"].(map[string]any)["kind"] != "visit" || row["service"] == "" || row["patient_name"] == "" || row["overdue"] != false {
			t.Errorf("%v", list)
		}
		for name, one := range map[string]struct {
			path, body string
			status     int
			code       string
		}{
			"a list that is none":      {"/activities?view=smoke", "", 400, "activity.filter"},
			"a day that has passed":    {"/activities/" + a + "/reschedule", `{"due":"2026-01-01"}`, 400, "activity.past"},
			"no day":                   {"/activities/" + a + "/reschedule", `{}`, 400, "activity.due"},
			"an old screen":            {"/activities/" + a + "/reschedule", `{"due":"2026-12-07","seen_version":1}`, 409, "activity.stale"},
			"a second next one":        {"/activities/" + a + "/next", `{"due":"2026-12-05"}`, 409, "activity.followed"},
			"no reason":                {"/activities/" + a + "/cancel", `{"reason":""}`, 400, "activity.reason"},
			"open already":             {"/activities/" + a + "/reopen", `{}`, 422, "activity.open"},
			"an outcome that is none":  {"/activities/" + a + "/complete", `{"outcome":"smoke"}`, 400, "activity.outcome"},
			"a next one without a day": {"/activities/" + a + "/complete", `{"next":{"kind":"visit"}}`, 400, "activity.due"},
			"one that is not there":    {"/activities/17/complete", `{}`, 404, "activity.none"},
		} {
			method := "POST"
			if one.body == "" {
				method = "GET"
			}
			response, problem := c.call(method, one.path, c.manager, one.body, "Idempotency-Key", name)
			if response.StatusCode != one.status || problem["code"] != one.code {
				t.Errorf("%s: %d %v", name, response.StatusCode, problem)
			}
		}
	})
}
