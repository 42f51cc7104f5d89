package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
)

// planSessions makes the sessions of what an admission in the books lacks, and
// takes back those of services that were removed.
func (w work) planSessions(ctx context.Context, a clinic.Admission) error {
	has := map[int][]clinic.Session{}
	if a.Version > 1 {
		var err error
		if has, err = w.Tx.Sessions(ctx, a.ID); err != nil {
			return err
		}
	}
	var planned []clinic.Session
	for _, l := range a.Lines {
		if l.Removed {
			if err := w.endSessions(ctx, a.ID, has[l.Line]); err != nil {
				return err
			}
			continue
		}
		service, err := w.Service(ctx, l.Service)
		if err != nil {
			return err
		}
		planned = append(planned, clinic.PlanSessions(l, service, has[l.Line], a.Day)...)
	}
	return w.AddSessions(ctx, a.ID, planned, w.stamp(w.now))
}

// endSessions cancels the sessions that did not take place.
func (w work) endSessions(ctx context.Context, a clinic.AdmissionID, sessions []clinic.Session) error {
	for _, n := range sessions {
		if n.Status != clinic.SessionPlanned {
			continue
		}
		n.Status = clinic.SessionCancelled
		if err := w.SaveSession(ctx, a, n, w.stamp(w.now)); err != nil {
			return err
		}
	}
	return nil
}

// unusedLine refuses to take a service off of which sessions were used: Refused
// package.used.
func unusedLine(l clinic.AdmissionLine) error {
	if l.SessionsDone > 0 {
		return fault.New(fault.Refused, "package.used", "%d sessions were used", l.SessionsDone)
	}
	return nil
}

// SetSession is the command "this session took place", or "it is planned for
// this day". Day "" is today. Provider 0 leaves who is named.
type SetSession struct {
	Admission clinic.AdmissionID
	Line      int
	Number    int
	Status    clinic.SessionStatus
	Day       jalali.Day
	Provider  clinic.ProviderID
	Request   Request `json:"-"`
}

// SetSession carries out the command; the service is as far as its sessions
// are.
//
// NotFound admission.none, line.none, provider.none; Refused package.session_none;
// those of clinic.SetSession.
func (d *Desk) SetSession(ctx context.Context, actor clinic.Actor, cmd SetSession) (Admitted, error) {
	return command(ctx, d, actor, clinic.PerformServices, "admission.session", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, nil)
		if err != nil {
			return Admitted{}, err
		}
		all, err := w.Tx.Sessions(ctx, a.ID)
		if err != nil {
			return Admitted{}, err
		}
		sessions := all[cmd.Line]
		if cmd.Line < 1 || cmd.Line > len(a.Lines) {
			return Admitted{}, fault.New(fault.NotFound, "line.none", "the admission has no line %d", cmd.Line)
		}
		if cmd.Number < 1 || cmd.Number > len(sessions) {
			return Admitted{}, fault.New(fault.Refused, "package.session_none", "the service has no session %d", cmd.Number)
		}
		if sessions[cmd.Number-1], err = w.setSession(ctx, a, sessions, cmd); err != nil {
			return Admitted{}, err
		}
		a.Lines[cmd.Line-1].Status, a.Lines[cmd.Line-1].SessionsDone = clinic.SessionProgress(sessions)
		if err := w.SaveProgress(ctx, a); err != nil {
			return Admitted{}, err
		}
		a.Version++
		return w.admitted(ctx, "admission.session", a, before)
	})
}

// setSession checks and saves one session.
func (w work) setSession(ctx context.Context, a clinic.Admission, all []clinic.Session, cmd SetSession) (clinic.Session, error) {
	n := all[cmd.Number-1]
	if cmd.Day == "" {
		cmd.Day = w.today()
		if cmd.Status == clinic.SessionPlanned {
			cmd.Day = n.Planned
		}
	}
	n, err := clinic.SetSession(a, all, cmd.Number, cmd.Status, cmd.Day, w.today())
	if err != nil {
		return n, err
	}
	if cmd.Provider != 0 {
		if _, err := w.Provider(ctx, cmd.Provider); err != nil {
			return n, at(err, "provider")
		}
		n.Provider = cmd.Provider
	}
	err = w.SaveSession(ctx, a.ID, n, w.stamp(w.now))
	n.Version++
	return n, err
}

// AbandonPackage is the command "the patient gives up the rest of this
// package".
type AbandonPackage struct {
	Admission clinic.AdmissionID
	Line      int
	Reason    string
	Seen      *int64
	Request   Request `json:"-"`
}

// AbandonPackage carries out the command: the sessions that were used are
// priced one by one, or as the clinic's rule says by their part, and the rest
// becomes credit, as a new version of the admission.
//
// NotFound admission.none, line.none; those of clinic.Abandon; Refused
// revision.insurer_settled.
func (d *Desk) AbandonPackage(ctx context.Context, actor clinic.Actor, cmd AbandonPackage) (Admitted, error) {
	return command(ctx, d, actor, clinic.CancelAdmissions, "admission.abandon", cmd.Request, cmd, func(w work) (Admitted, error) {
		a, before, err := w.toChange(ctx, cmd.Admission, cmd.Seen)
		if err != nil {
			return Admitted{}, err
		}
		if cmd.Reason, err = cleanReason(cmd.Reason); err != nil {
			return Admitted{}, err
		}
		now, err := w.abandoned(ctx, a, cmd)
		if err != nil {
			return Admitted{}, err
		}
		return w.admitted(ctx, "admission.abandon", now, before)
	})
}

func (w work) abandoned(ctx context.Context, a clinic.Admission, cmd AbandonPackage) (clinic.Admission, error) {
	all, err := w.Tx.Sessions(ctx, a.ID)
	if err != nil {
		return a, err
	}
	var single clinic.Service
	if cmd.Line >= 1 && cmd.Line <= len(a.Lines) {
		if single, err = w.Service(ctx, a.Lines[cmd.Line-1].Service); err != nil {
			return a, err
		}
	}
	now, err := clinic.Abandon(a, cmd.Line, all[cmd.Line], single.SinglePrice, w.clinic.Rules.ProRataPackages, cmd.Reason)
	if err != nil {
		return a, err
	}
	if l := a.Lines[cmd.Line-1]; l.BaseShare+l.SupplementaryShare > 0 {
		if err := w.insurersAreOpen(ctx, a); err != nil {
			return a, err
		}
	}
	if now, err = w.revise(ctx, a, now, change{clinic.ChangeAbandon, cmd.Reason, w.now}); err != nil {
		return a, err
	}
	now.Lines[cmd.Line-1].Sessions = now.Lines[cmd.Line-1].SessionsDone
	return now, w.endSessions(ctx, a.ID, all[cmd.Line])
}

// AdmissionSessions are the sessions of an admission by line.
type AdmissionSessions struct {
	Admission clinic.Admission
	Sessions  map[int][]clinic.Session
	Providers map[clinic.ProviderID]string
}

// AdmissionSessions returns the sessions of an admission of a person whom the
// actor may see; the audit says who read them. NotFound admission.none.
func (d *Desk) AdmissionSessions(ctx context.Context, actor clinic.Actor, id clinic.AdmissionID) (AdmissionSessions, error) {
	if err := actor.May(clinic.ReadStatement); err != nil {
		return AdmissionSessions{}, err
	}
	return readPatient(ctx, d, actor, "admission.sessions", func(w work) (s AdmissionSessions, of clinic.PatientID, err error) {
		if s.Admission, err = w.visibleAdmission(ctx, id); err != nil {
			return s, 0, err
		}
		if s.Sessions, err = w.Tx.Sessions(ctx, id); err != nil {
			return s, 0, err
		}
		s.Providers, _, err = w.names(ctx)
		return s, s.Admission.Patient, err
	})
}
