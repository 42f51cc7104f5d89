package browser_test

import (
	"context"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/test/site"
)

// messagePages are the pages about messages and jobs, as judgedPages takes them.
func messagePages(s *site.Site) []judged {
	talk(s)
	return []judged{
		{name: "messages", as: "manager", path: "/messages", shows: `[data-testid^=retry-]`},
		{name: "template", as: "manager", path: "/settings/messages/receipt", shows: `[data-testid=message-preview]`},
		{name: "template-refused", as: "manager", path: "/settings/messages/receipt", shows: `[data-testid=message-preview]`,
			fill: `{ document.getElementById('text').value = '{'; document.querySelector('[data-testid=form-setting] .form-foot button').click() }`, then: `.alert`},
		{name: "jobs", as: "manager", path: "/settings/jobs", shows: `[data-testid=job-messages] table`},
	}
}

// talk makes messages that went out and one that did not, and a run of each
// kind, once for a site.
func talk(s *site.Site) {
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	c, err := s.Desk.Clinic(ctx, s.Manager.Clinic)
	must(err)
	if c.SMS {
		return
	}
	c.SMS = true
	_, err = s.Desk.SaveClinic(ctx, s.Manager, office.Save[clinic.Clinic]{Row: c})
	must(err)
	all, err := s.Desk.MessageSettings(ctx, s.Manager)
	must(err)
	t, _ := all.Template(clinic.MessageReceipt)
	t.On = true
	_, err = s.Desk.SaveMessageTemplate(ctx, s.Manager, office.Save[clinic.MessageTemplate]{Row: t})
	must(err)
	file, err := s.Desk.PatientFile(ctx, s.Manager, s.Maryam)
	must(err)
	for i, answer := range []error{nil, fault.New(fault.Refused, "message.refused", "message service: it answered 411"), nil} {
		file.Patient.SMSService = i != 2
		_, err = s.Desk.EditPatient(ctx, s.Manager, office.EditPatient{Patient: file.Patient})
		must(err)
		file.Patient.Version++
		_, err = s.Desk.Receive(ctx, s.Manager, office.Receive{Patient: s.Maryam, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1}}})
		must(err)
		// A run that fails is what the page is to show.
		_ = s.Desk.RunJob(ctx, s.Manager.Clinic, clinic.Jobs[0], func(ctx context.Context, c clinic.ID) (int, error) {
			n, err := s.Desk.SendMessages(ctx, c, func(context.Context, clinic.Message) error { return answer })
			must(err)
			return n, answer
		})
	}
	_, err = s.Desk.AskJob(ctx, s.Manager, office.AskJob{Job: clinic.JobReminders})
	must(err)
}
