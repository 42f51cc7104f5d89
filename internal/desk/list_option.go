package desk

import (
	"context"

	"daftar/internal/clinic"
)

// ListOptions are what lists can be limited to. Branches are those whose
// people the actor may see.
type ListOptions struct {
	Sources   []clinic.ListItem // by Code; those of the settings, and others that were written
	Sections  []Named
	Providers []Named
	Insurers  []Named
	Branches  []Named
}

// mostSources bounds the sources that a filter offers.
const mostSources = 60

// ListOptions returns them.
func (d *Desk) ListOptions(ctx context.Context, actor clinic.Actor) (o ListOptions, err error) {
	if err := actor.May(clinic.ReadPatients); err != nil {
		return o, err
	}
	err = d.read(ctx, actor, func(w work) error {
		o, err = w.listOptions(ctx)
		return err
	})
	return o, err
}

func (w work) listOptions(ctx context.Context) (o ListOptions, err error) {
	written, err := w.AcquisitionSources(ctx, mostSources)
	if err != nil {
		return o, err
	}
	items, err := w.ListItems(ctx, clinic.AcquisitionSources)
	if err != nil {
		return o, err
	}
	names := map[string]string{}
	for _, i := range items {
		names[i.Code] = i.Name
	}
	for _, code := range written {
		o.Sources = append(o.Sources, clinic.ListItem{List: clinic.AcquisitionSources, Code: code, Name: names[code]})
	}
	sections, err := w.Sections(ctx)
	if err != nil {
		return o, err
	}
	for _, s := range sections {
		o.Sections = append(o.Sections, Named{ID: int64(s.ID), Name: s.Name})
	}
	providers, err := w.Providers(ctx)
	if err != nil {
		return o, err
	}
	for _, p := range providers {
		o.Providers = append(o.Providers, Named{ID: int64(p.ID), Name: p.Name})
	}
	insurers, err := w.Insurers(ctx)
	if err != nil {
		return o, err
	}
	for _, i := range insurers {
		o.Insurers = append(o.Insurers, Named{ID: int64(i.ID), Name: i.Name})
	}
	if !w.actor.Can(clinic.AllBranches) {
		return o, nil
	}
	branches, err := w.Branches(ctx)
	for _, b := range branches {
		o.Branches = append(o.Branches, Named{ID: int64(b.ID), Name: b.Name})
	}
	return o, err
}
