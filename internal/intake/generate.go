package intake

import (
	"context"
	"time"

	"daftar/internal/desk"
)

// GenerateOptions says how much to make up.
type GenerateOptions struct {
	Patients          int
	EntriesPerPatient int
	Clinics           int
	Seed              uint64
	Now               time.Time
	Progress          func(done, total int)
}

// Generate makes up clinics of the wanted size.
func Generate(ctx context.Context, d *desk.Desk, o GenerateOptions) (Report, error) {
	return Report{}, nil
}
