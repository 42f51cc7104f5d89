package desk

import (
	"context"

	"daftar/internal/clinic"
)

// Lead records a lead as it came.
func (b Batch) Lead(ctx context.Context, l clinic.Lead) (clinic.LeadID, error) {
	l, err := b.w.recordLead(ctx, l)
	return l.ID, err
}

// MoveLead moves a lead to another state by hand.
func (b Batch) MoveLead(ctx context.Context, id clinic.LeadID, to clinic.LeadStatus, reason string) error {
	l, err := b.w.visibleLead(ctx, id)
	if err != nil {
		return err
	}
	_, err = b.w.stepLead(ctx, l.Lead, clinic.LeadMoved, to, reason)
	return err
}

// LeadsAdmitted converts the leads that became an admission.
func (b Batch) LeadsAdmitted(ctx context.Context, a clinic.Admission) error {
	return b.w.leadsAdmitted(ctx, a)
}
