package intake

import (
	"context"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/message"
)

// demoPartPrice is what a part of a message costs the demo's clinic.
const demoPartPrice = 1_850

// demoSent is how long ago the demo's campaign was sent, so that some came back
// since, and demoTook how long that took.
const (
	demoSent = 12 * 24 * time.Hour
	demoTook = 9 * time.Minute
)

// campaigns make one that was sent some days ago and one that waits for its
// audience to be decided.
func (m *demoMaker) campaigns(ctx context.Context) error {
	text := func(key string) string {
		return message.Persian.Text(key, "name", clinic.FieldName.Place(), "clinic", clinic.FieldClinic.Place())
	}
	at := m.options.Now.Add(-demoSent).In(m.Settings().Zone)
	began := time.Date(at.Year(), at.Month(), at.Day(), 11, 0, 0, 0, at.Location()).UTC()
	sent := m.At(began)
	c, err := sent.DraftCampaign(ctx, desk.SaveCampaign{Title: text("demo.campaign.title"), Text: text("demo.campaign.text")})
	if err != nil {
		return err
	}
	err = sent.SendCampaign(ctx, c, demoTook)
	if err != nil && fault.Code(err) != "campaign.nobody" { // few patients, and none who agreed: it stays a draft
		return err
	}
	_, err = m.DraftCampaign(ctx, desk.SaveCampaign{Title: text("demo.campaign.draft"), Text: text("demo.campaign.draft.text"), Filter: desk.PatientFilter{Unseen: 3}})
	return err
}
