package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// MergePatients is the command "these two files are one person": Loser becomes
// an alias of Winner. Nothing of it is rewritten.
type MergePatients struct {
	Loser, Winner clinic.PatientID
	Reason        string
	Request       Request `json:"-"`
}

// Merged is the answer of merge commands: the person as one, or the file that
// stands for itself again, with the balance.
type Merged struct {
	Patient clinic.Patient
	After   Position
}

// MergePatients carries out the command.
//
// NotFound patient.none; Invalid merge.same; Refused merge.alias when the loser
// is an alias already, merge.reason when they look like two people and no reason
// is given.
func (d *Desk) MergePatients(ctx context.Context, actor clinic.Actor, cmd MergePatients) (Merged, error) {
	return command(ctx, d, actor, clinic.MergePatients, "patient.merge", cmd.Request, cmd, func(w work) (Merged, error) {
		return w.merge(ctx, cmd)
	})
}

func (w work) merge(ctx context.Context, cmd MergePatients) (m Merged, err error) {
	winner, err := w.person(ctx, cmd.Winner)
	if err != nil {
		return m, err
	}
	loser, err := w.file(ctx, cmd.Loser)
	if err != nil {
		return m, err
	}
	reason, err := cleanReason(cmd.Reason)
	if err != nil {
		return m, err
	}
	if err := clinic.CheckMerge(loser, winner, reason); err != nil {
		return m, err
	}
	link := clinic.Merge{ID: w.id(), Loser: loser.ID, Winner: winner.ID, Reason: reason, Merged: w.now, MergedBy: w.actor.Staff}
	if err := w.AddMerge(ctx, link); err != nil {
		return m, err
	}
	files, _, err := w.files(ctx, winner.ID, store.Moment{})
	if err != nil {
		return m, err
	}
	if len(files) >= mostFiles {
		return m, fault.New(fault.Refused, "merge.many", "one person has at most %d files", mostFiles).
			At("into").With("limit", strconv.Itoa(mostFiles))
	}
	m.Patient = winner
	if m.After, err = w.bounded(ctx, files); err != nil {
		return m, err
	}
	// Both files tell who did it.
	if err := w.audit(ctx, "patient.merge", loser.ID, int64(winner.ID)); err != nil {
		return m, err
	}
	return m, w.audit(ctx, "patient.merge", winner.ID, int64(loser.ID))
}

// file returns a file itself, alias or not, of a person whom the actor may
// see. NotFound patient.none otherwise.
func (w work) file(ctx context.Context, id clinic.PatientID) (clinic.Patient, error) {
	if _, err := w.person(ctx, id); err != nil {
		return clinic.Patient{}, err
	}
	return w.Patient(ctx, id)
}

// UnmergePatient is the command "this alias is a person of its own after all".
type UnmergePatient struct {
	Loser   clinic.PatientID
	Reason  string
	Request Request `json:"-"`
}

// UnmergePatient carries out the command: both files stand as if they had never
// been linked, each with what was written to it.
//
// NotFound patient.none; Refused merge.none when the file is no alias.
func (d *Desk) UnmergePatient(ctx context.Context, actor clinic.Actor, cmd UnmergePatient) (Merged, error) {
	return command(ctx, d, actor, clinic.MergePatients, "patient.unmerge", cmd.Request, cmd, func(w work) (m Merged, err error) {
		loser, err := w.file(ctx, cmd.Loser)
		if err != nil {
			return m, err
		}
		winner := loser.MergedInto
		if err := w.EndMerge(ctx, loser.ID, store.Stamp{Recorded: w.now, Staff: w.actor.Staff}); err != nil {
			return m, err
		}
		loser.MergedInto = 0
		files, _, err := w.files(ctx, loser.ID, store.Moment{})
		if err != nil {
			return m, err
		}
		m.Patient = loser
		if m.After, err = w.position(ctx, files, store.Moment{}); err != nil {
			return m, err
		}
		if err := w.audit(ctx, "patient.unmerge", loser.ID, int64(winner)); err != nil {
			return m, err
		}
		return m, w.audit(ctx, "patient.unmerge", winner, int64(loser.ID))
	})
}

// File is one file of the register, alias or not, as the merge page compares
// it: with its own balance and how much is written in it.
type File struct {
	Patient  clinic.Patient
	Position Position
	Counts   store.Counts
	Merged   []clinic.Patient // the files that are merged into it
}

// File returns a file with what is its own. NotFound patient.none; Forbidden
// without the right to merge.
func (d *Desk) File(ctx context.Context, actor clinic.Actor, id clinic.PatientID) (File, error) {
	if err := actor.May(clinic.MergePatients); err != nil {
		return File{}, err
	}
	return readPatient(ctx, d, actor, "patient.read", func(w work) (f File, _ clinic.PatientID, err error) {
		if f.Patient, err = w.file(ctx, id); err != nil {
			return f, 0, err
		}
		own := w.clinic.Receivables(clinic.Files{id})
		if f.Position, err = w.position(ctx, clinic.Files{id}, store.Moment{}); err != nil {
			return f, 0, err
		}
		if f.Counts, err = w.Counts(ctx, clinic.Files{id}, own, store.Moment{}); err != nil {
			return f, 0, err
		}
		_, merges, err := w.files(ctx, id, store.Moment{})
		for i := 0; err == nil && i < len(merges); i++ {
			var alias clinic.Patient
			alias, err = w.Patient(ctx, merges[i].Loser)
			f.Merged = append(f.Merged, alias)
		}
		return f, id, err
	})
}
