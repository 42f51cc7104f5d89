package api_test

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// weekly lets somebody new work from Saturday to Thursday, 9 to 13 and 16 to
// 20, and returns the id.
func (c clinicAPI) weekly(t *testing.T) string {
	t.Helper()
	p, err := c.desk.SaveProvider(t.Context(), c.founder, desk.Save[clinic.Provider]{Row: clinic.Provider{Name: "دکتر راد"}})
	if err != nil {
		t.Fatal(err)
	}
	id := fmt.Sprint(int64(p.ID))
	for _, day := range []string{"saturday", "sunday", "monday", "tuesday", "wednesday", "thursday"} {
		for _, hours := range []string{`"from":"09:00","until":"13:00"`, `"from":"16:00","until":"20:00"`} {
			response, answer := c.call("POST", "/work-shifts", c.manager, fmt.Sprintf(`{"provider_id":"%s","weekday":"%s",%s}`, id, day, hours))
			if response.StatusCode != http.StatusCreated {
				t.Fatalf("the shift answered %d %v", response.StatusCode, answer)
			}
		}
	}
	return id
}

func idOf(answer map[string]any, record string) string {
	return answer[record].(map[string]any)["id"].(string)
}

func init() {
	treatments = append(treatments, func(t *testing.T, c treated) {
		rad := c.weekly(t)
		book := func(operation, starts, more string) string {
			return idOf(c.command(t, operation, "POST", "/appointments",
				`{"patient_id":"`+c.patient+`","provider_id":"`+rad+`","starts":"`+starts+`"`+more+`}`), "appointment")
		}
		c.command(t, "POST /appointments/series", "POST", "/appointments/series",
			`{"patient_id":"`+c.patient+`","provider_id":"`+rad+`","starts":"2026-12-06T06:30:00Z","minutes":15,"sessions":3,"every_days":7,"deposit":{"method":"pos","amount":400}}`)
		held := c.command(t, "a deposit to use", "POST", "/patients/"+c.patient+"/deposits", `{"method":"pos","amount":700}`)
		one := book("POST /appointments", "2026-12-01T06:30:00Z", `,"service_id":"`+c.service+`","minutes":30,"channel":"phone","note":"با همراه",
			"deposit":{"method":"pos","amount":9000},"use_deposit_ids":["`+idOf(held, "deposit")+`"]`)
		wait := c.command(t, "POST /waitlist", "POST", "/waitlist", `{"patient_id":"`+c.patient+`","provider_id":"`+rad+`","service_id":"`+c.service+
			`","first":"1405/09/05","last":"1405/12/01","part":"morning","note":"زودتر"}`)["id"].(string)
		c.command(t, "POST /waitlist/{id}/leave", "POST", "/waitlist/"+wait+"/leave", `{}`)
		other := c.command(t, "somebody who waits", "POST", "/patients", `{"first_name":"مینا","last_name":"رضایی","mobile":"09121234567"}`)["id"].(string)
		c.command(t, "a line that stays", "POST", "/waitlist", `{"patient_id":"`+other+`"}`)
		for _, step := range [][2]string{
			{"confirm", `{}`},
			{"reschedule", `{"starts":"2026-12-05T13:00:00Z","reason":"سفر"}`},
			{"cancel", `{"reason":"انصراف"}`},
			{"restore", `{}`},
		} {
			c.command(t, "POST /appointments/{id}/"+step[0], "POST", "/appointments/"+one+"/"+step[0], step[1])
		}
		here := book("here today", "2026-11-23T08:30:00Z", `,"service_id":"`+c.service+`"`)
		c.command(t, "POST /appointments/{id}/check-in", "POST", "/appointments/"+here+"/check-in", `{}`)
		c.command(t, "POST /appointments/{id}/undo-check-in", "POST", "/appointments/"+here+"/undo-check-in", `{}`)
		c.command(t, "POST /appointments/{id}/admit", "POST", "/appointments/"+here+"/admit", `{}`)
		wrong := book("never meant", "2026-12-01T08:30:00Z", "")
		c.command(t, "POST /appointments/{id}/in-error", "POST", "/appointments/"+wrong+"/in-error", `{}`)
		missed := book("over in a while", "2026-11-23T06:35:00Z", `,"minutes":5`)
		*c.now = c.now.Add(10 * time.Minute)
		c.command(t, "POST /appointments/{id}/no-show", "POST", "/appointments/"+missed+"/no-show", `{}`)
		book("to be cancelled", "2026-12-02T06:30:00Z", "")
		c.command(t, "POST /appointments/bulk-cancel", "POST", "/appointments/bulk-cancel", `{"provider_id":"`+rad+`","first":"1405/09/11","from":"09:00","until":"13:00","reason":"همایش","leave":true}`)
		activity := c.command(t, "POST /patients/{id}/activities", "POST", "/patients/"+c.patient+"/activities",
			`{"kind":"call_out","subject":"پیگیری","note":"عصر","due":"1405/09/10"}`)["id"].(string)
		c.command(t, "POST /activities/{id}/complete", "POST", "/activities/"+activity+"/complete", `{"result":"می‌آید"}`)
		c.schedules(t, rad)
		c.asked["GET /appointments/{id}"] = "/appointments/" + one
		c.asked["GET /availability"] = "/availability?provider_id=" + rad + "&from=1405/09/10&to=1405/09/12"
	})
}

// schedules tries what says when people work.
func (c treated) schedules(t *testing.T, rad string) {
	t.Helper()
	room := c.command(t, "POST /resources", "POST", "/resources", `{"kind":"room","code":"r1","name":"اتاق ۱","capacity":2}`)["id"].(string)
	c.command(t, "PATCH /resources/{id}", "PATCH", "/resources/"+room, `{"name":"اتاق یک","disabled":true}`, "If-Match", `"1"`)
	shift := c.command(t, "POST /work-shifts", "POST", "/work-shifts", `{"provider_id":"`+rad+`","room_id":"`+room+`","weekday":"friday","from":"09:00","until":"24:00","valid_from":"1405/10/01"}`)["id"].(string)
	c.command(t, "PATCH /work-shifts/{id}", "PATCH", "/work-shifts/"+shift, `{"until":"12:00"}`, "If-Match", `"1"`)
	leave := c.command(t, "POST /schedule-exceptions", "POST", "/schedule-exceptions", `{"kind":"leave","provider_id":"`+rad+`","first":"1405/10/05","reason":"سفر"}`)["id"].(string)
	c.command(t, "PATCH /schedule-exceptions/{id}", "PATCH", "/schedule-exceptions/"+leave, `{"last":"1405/10/07"}`, "If-Match", `"1"`)
	c.command(t, "POST /holidays", "POST", "/holidays", `{"set":[{"day":"1405/10/20","name":"آلودگی هوا"}],"remove":["1405/10/21"]}`)
	c.command(t, "POST /providers/{id}/services", "POST", "/providers/"+rad+"/services", `{"service_ids":["`+c.service+`"]}`)
}
