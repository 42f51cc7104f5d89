package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// RecordLead is the command "they may want this": of a patient, or of somebody
// whom the register does not know yet.
type RecordLead struct {
	Lead    clinic.Lead
	Request Request `json:"-"`
}

// RecordLead carries out the command. Invalid those of clinic.Lead.Check and of an introducer of
// RegisterPatient; NotFound patient.none, service.none, staff.none, referrer.none; Refused
// lead.owner.
func (d *Desk) RecordLead(ctx context.Context, actor clinic.Actor, cmd RecordLead) (clinic.Lead, error) {
	return command(ctx, d, actor, clinic.AddLeads, "lead.add", cmd.Request, cmd, func(w work) (clinic.Lead, error) {
		l := cmd.Lead
		l.Channel = clinic.LeadByStaff
		l, err := w.recordLead(ctx, l)
		return w.toldLead(l), err
	})
}

// recordLead writes a new lead with its first event.
func (w work) recordLead(ctx context.Context, l clinic.Lead) (clinic.Lead, error) {
	l, err := w.checkLead(ctx, l, clinic.Lead{})
	if err != nil {
		return l, err
	}
	l.ID, l.Status, l.Recorded, l.Staff, l.Version = clinic.LeadID(w.id()), clinic.LeadNew, w.now, w.actor.Staff, 1
	l.Appointment, l.Admission = 0, 0
	if err := w.AddLead(ctx, l); err != nil {
		return l, err
	}
	if err := w.leadEvent(ctx, clinic.LeadEvent{Lead: l.ID, Kind: clinic.LeadRecorded, To: l.Status}); err != nil {
		return l, err
	}
	return l, w.audit(ctx, "lead.add", l.Patient, int64(l.ID))
}

// toldLead is a lead as the actor may see it: the mobile is whole for who may
// see it whole in the file of a patient.
func (w work) toldLead(l clinic.Lead) clinic.Lead {
	if !w.actor.Can(clinic.WritePatients) {
		l.Mobile = w.maskedNumber(l.Mobile)
	}
	return l
}

// leadEvent writes what happened to a lead now.
func (w work) leadEvent(ctx context.Context, e clinic.LeadEvent) error {
	e.ID, e.At, e.Staff = w.id(), w.now, w.actor.Staff
	return w.AddLeadEvent(ctx, e)
}

// checkLead cleans a lead and looks at what it refers to. old is what is written
// now; of a new one it has no id. Of a patient the name, the mobile and the
// branch are the file's.
func (w work) checkLead(ctx context.Context, l, old clinic.Lead) (clinic.Lead, error) {
	l.Branch = old.Branch
	if l.Branch == 0 {
		l.Branch = w.actor.Branch
	}
	if l.Patient != 0 {
		p, err := w.person(ctx, l.Patient)
		if err != nil {
			return l, err
		}
		l.Patient, l.Name, l.Mobile, l.Branch = p.ID, p.Name(), p.Mobile, p.Branch
	}
	l, err := l.Check()
	if err != nil {
		return l, err
	}
	if l.Service != 0 {
		if _, err := w.Service(ctx, l.Service); err != nil {
			return l, at(err, "service_id")
		}
	}
	if l.Owner != old.Owner {
		if err := w.ownsLead(ctx, l.Owner, l.Branch); err != nil {
			return l, err
		}
	}
	if l.ReferrerID != 0 {
		if _, err := w.Referrer(ctx, l.ReferrerID); err != nil {
			return l, at(err, "referrer_id")
		}
	}
	sent, err := w.checkIntroducer(ctx, clinic.Patient{ID: l.Patient, Introducer: l.Introducer}, clinic.Patient{ID: l.Patient, Introducer: old.Introducer})
	l.Introducer = sent.Introducer
	return l, at(err, "introducer_id")
}

// ownsLead refuses an owner who could not work on the lead: NotFound staff.none;
// Refused lead.owner.
func (w work) ownsLead(ctx context.Context, owner clinic.StaffID, branch clinic.BranchID) error {
	if owner == 0 {
		return nil
	}
	s, err := w.Staff(ctx, owner)
	if err != nil {
		return at(err, "owner_id")
	}
	if !worksOnLeads(s, branch) {
		return fault.New(fault.Refused, "lead.owner", "%d cannot work on it", owner).At("owner_id")
	}
	return nil
}

// worksOnLeads reports whether somebody can work on the leads of a branch.
func worksOnLeads(s clinic.Staff, branch clinic.BranchID) bool {
	may := s.Rights()
	return s.ID != clinic.Automatic && !s.Disabled && may.Has(clinic.WriteLeads) && (s.Branch == branch || may.Has(clinic.AllBranches))
}

// visibleLead returns a lead that the actor may see: of the branch, and without
// the right to all one that the actor recorded. NotFound lead.none otherwise.
func (w work) visibleLead(ctx context.Context, id clinic.LeadID) (l store.LeadShown, err error) {
	none := fault.New(fault.NotFound, "lead.none", "there is no lead %d", id)
	if l, err = w.Tx.Lead(ctx, id); err != nil {
		return l, err
	}
	if scope := w.branch(); scope != 0 && l.Branch != scope || !w.actor.Can(clinic.AllLeads) && l.Staff != w.actor.Staff {
		return store.LeadShown{}, none
	}
	if l.Patient != 0 {
		p, err := w.person(ctx, l.Patient)
		if fault.Of(err) == fault.NotFound {
			return store.LeadShown{}, none
		}
		if err != nil {
			return l, err
		}
		l.Patient = p.ID
	}
	return l, nil
}

// OnLead is what every command on a lead says: which one, and which version of
// it was seen; 0 is not asked.
type OnLead struct {
	Lead    clinic.LeadID
	Seen    int64
	Request Request `json:"-"`
}

// changeLead is what commands about one lead share: find it, look whether it is
// the one that was seen, change it, and write that down.
func (d *Desk) changeLead(ctx context.Context, actor clinic.Actor, action string, on OnLead, body any,
	do func(w work, l clinic.Lead) (clinic.Lead, error)) (clinic.Lead, error) {
	return command(ctx, d, actor, clinic.WriteLeads, action, on.Request, body, func(w work) (clinic.Lead, error) {
		found, err := w.visibleLead(ctx, on.Lead)
		if err != nil {
			return found.Lead, err
		}
		if on.Seen != 0 && on.Seen != found.Version {
			return found.Lead, fault.New(fault.Conflict, "lead.stale", "the lead was changed by someone else")
		}
		l, err := do(w, found.Lead)
		if err != nil {
			return l, err
		}
		return w.toldLead(l), w.audit(ctx, action, l.Patient, int64(l.ID))
	})
}

// stepLead takes a lead to another state, and writes what took it there.
func (w work) stepLead(ctx context.Context, l clinic.Lead, by clinic.LeadEventKind, to clinic.LeadStatus, reason string) (clinic.Lead, error) {
	l, e, err := l.Step(by, to, reason)
	if err != nil {
		return l, err
	}
	if err := w.SaveLead(ctx, l); err != nil {
		return l, err
	}
	l.Version++
	return l, w.leadEvent(ctx, e)
}

// MoveLead is the command "the lead is in this state now", with why.
type MoveLead struct {
	OnLead
	To     clinic.LeadStatus
	Reason string
}

// MoveLead carries out the command. NotFound lead.none; Conflict lead.stale; those of
// clinic.Lead.Step.
func (d *Desk) MoveLead(ctx context.Context, actor clinic.Actor, cmd MoveLead) (clinic.Lead, error) {
	return d.changeLead(ctx, actor, "lead.move", cmd.OnLead, cmd, func(w work, l clinic.Lead) (clinic.Lead, error) {
		return w.stepLead(ctx, l, clinic.LeadMoved, cmd.To, cmd.Reason)
	})
}

// EditLead is the form of a lead: who it is, what they want, who sent them and
// whose it is. Of a patient the name and the mobile are the file's.
type EditLead struct {
	OnLead
	Name, Mobile string
	Service      clinic.ServiceID
	Source       string
	Introducer   clinic.PatientID
	ReferrerID   clinic.ReferrerID
	Note         string
	Owner        clinic.StaffID
}

// EditLead carries out the command. NotFound lead.none; Conflict lead.stale; those of RecordLead.
func (d *Desk) EditLead(ctx context.Context, actor clinic.Actor, cmd EditLead) (clinic.Lead, error) {
	return d.changeLead(ctx, actor, "lead.edit", cmd.OnLead, cmd, func(w work, old clinic.Lead) (clinic.Lead, error) {
		l := old
		l.Name, l.Mobile, l.Service, l.Source, l.Introducer = cmd.Name, cmd.Mobile, cmd.Service, cmd.Source, cmd.Introducer
		l.ReferrerID, l.Note, l.Owner = cmd.ReferrerID, cmd.Note, cmd.Owner
		l, err := w.checkLead(ctx, l, old)
		if err != nil {
			return l, err
		}
		if err := w.SaveLead(ctx, l); err != nil {
			return l, err
		}
		l.Version++
		return l, w.leadEvent(ctx, clinic.LeadEvent{Lead: l.ID, Kind: clinic.LeadEdited, From: l.Status, To: l.Status, Reason: l.Replaces(old)})
	})
}

// LinkLead is the command "the lead is this patient of the register". One who
// is new comes by RegisterPatient, which names the lead.
type LinkLead struct {
	OnLead
	Patient clinic.PatientID
}

// LinkLead carries out the command. NotFound lead.none, patient.none; Conflict lead.stale, and
// lead.patient with the patient for a lead that is somebody's already.
func (d *Desk) LinkLead(ctx context.Context, actor clinic.Actor, cmd LinkLead) (clinic.Lead, error) {
	return d.changeLead(ctx, actor, "lead.convert", cmd.OnLead, cmd, func(w work, l clinic.Lead) (clinic.Lead, error) {
		p, err := w.person(ctx, cmd.Patient)
		if err != nil {
			return l, at(err, "patient_id")
		}
		return w.linkLead(ctx, l, p)
	})
}

// linkLead gives a lead to the patient that it is, with what was done about it.
// Conflict lead.patient with the patient for one that is somebody's already.
func (w work) linkLead(ctx context.Context, l clinic.Lead, p clinic.Patient) (clinic.Lead, error) {
	if l.Patient != 0 {
		e := fault.New(fault.Conflict, "lead.patient", "the lead is a patient already")
		if has, err := w.person(ctx, l.Patient); err == nil {
			e = e.With("patient", strconv.FormatInt(int64(has.ID), 10)).With("file_number", has.FileNumber.String())
		}
		return l, e
	}
	was := l
	l.Patient, l.Name, l.Branch = p.ID, p.Name(), p.Branch
	if p.Mobile != "" {
		l.Mobile = p.Mobile
	}
	if err := w.SaveLead(ctx, l); err != nil {
		return l, err
	}
	l.Version++
	if err := w.AdoptActivities(ctx, l.ID, p.ID); err != nil {
		return l, err
	}
	reason := p.FileNumber.String()
	if old := l.Replaces(was); old != "" {
		reason += " · " + old
	}
	return l, w.leadEvent(ctx, clinic.LeadEvent{Lead: l.ID, Kind: clinic.LeadLinked, From: l.Status, To: l.Status, Reason: reason})
}

// registeredFrom gives the lead that a new patient was registered from to the
// patient; 0 is none. NotFound lead.none; Conflict lead.patient.
func (w work) registeredFrom(ctx context.Context, id clinic.LeadID, p clinic.Patient) error {
	if id == 0 {
		return nil
	}
	l, err := w.visibleLead(ctx, id)
	if err != nil {
		return err
	}
	if _, err := w.linkLead(ctx, l.Lead, p); err != nil {
		return err
	}
	return w.audit(ctx, "lead.convert", p.ID, int64(id))
}
