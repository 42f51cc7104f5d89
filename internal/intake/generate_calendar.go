package intake

import (
	"context"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// The calendar of a made-up clinic: so many providers, each with so many
// appointments to come, at most one for each patient, half an hour each.
const (
	generatedProviders = 12
	aheadOfEach        = 417 // about 5,000 of all, five weeks of eight hours
	generatedMinutes   = 30
)

// people makes the providers with their weeks.
func (g *generator) people(ctx context.Context, b desk.Batch) error {
	g.providers, g.known = nil, nil
	for n := range generatedProviders {
		id, err := b.Provider(ctx, clinic.Provider{Name: fmt.Sprintf("%s %d", demoProviders[n%len(demoProviders)].name, n+1)})
		if err != nil {
			return err
		}
		g.providers = append(g.providers, id)
		for d := jalali.Saturday; d <= jalali.Thursday; d++ {
			for _, h := range []hours{{9, 13}, {16, 20}} {
				if _, err := b.WorkShift(ctx, clinic.WorkShift{Provider: id, Weekday: d, From: h.from * 60, Until: h.until * 60}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// came lets an admission have been an appointment of the quarter of an hour.
func (g *generator) came(b *desk.Bulk, a clinic.Admission) {
	b.Came(clinic.Appointment{Patient: a.Patient, Provider: pick(&g.chance, g.providers), Service: a.Lines[0].Service, Channel: pick(&g.chance, clinic.Channels),
		Span: span(a.At.Truncate(15*time.Minute), generatedMinutes), Recorded: a.At.Add(-time.Duration(1+g.below(200)) * time.Hour)}, a)
}

// ahead fills the weeks to come.
func (g *generator) ahead(ctx context.Context, d *desk.Desk) error {
	settings, err := d.Clinic(ctx, g.actor.Clinic)
	if err != nil || len(g.known) == 0 {
		return err
	}
	begin := g.chance
	return d.Bulk(ctx, g.actor, func(b *desk.Bulk) error {
		g.chance = begin // it may be done again
		tomorrow := settings.Day(g.options.Now).Add(1)
		week, err := b.Week(ctx, tomorrow, tomorrow.Add(60))
		if err != nil {
			return err
		}
		for _, p := range g.providers {
			left := min(aheadOfEach, g.options.Patients)
			for day := tomorrow; left > 0; day = day.Add(1) {
				for _, o := range week.Openings(p, day) {
					for s := span(o.From, generatedMinutes); s.Within(o) && left > 0; s = span(s.Ends, generatedMinutes) {
						if g.percent(13) {
							continue
						}
						left--
						b.Ahead(clinic.Appointment{Patient: pick(&g.chance, g.known), Provider: p, Service: pick(&g.chance, g.services).ID, Channel: pick(&g.chance, clinic.Channels),
							Span: s, Recorded: g.options.Now.UTC().Truncate(time.Second).Add(-time.Duration(g.below(90_000)) * time.Second)})
					}
				}
			}
		}
		return nil
	})
}
