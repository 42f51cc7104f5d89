package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/store"
)

// mostMerges bounds how long a chain of merged files is followed, mostFiles how
// many files one person has.
const (
	mostMerges = 20
	mostFiles  = 50
)

// person returns the file that stands for a person: the winner of a merge for
// an alias, and only one of a branch the actor may see. NotFound patient.none
// otherwise, as for one who does not exist.
func (w work) person(ctx context.Context, id clinic.PatientID) (clinic.Patient, error) {
	p, err := w.Patient(ctx, id)
	for range mostMerges {
		if err != nil || p.MergedInto == 0 {
			break
		}
		p, err = w.Patient(ctx, p.MergedInto)
	}
	if err != nil {
		return clinic.Patient{}, err
	}
	return p, w.visible(p)
}

// standing is the file that stands for the person of a file.
func (w work) standing(ctx context.Context, id clinic.PatientID) (clinic.PatientID, error) {
	for range mostMerges {
		into, err := w.Alias(ctx, id)
		if err != nil || into == 0 {
			return id, err
		}
		id = into
	}
	return id, nil
}

// filesOf returns all files of the person of a file, now.
func (w work) filesOf(ctx context.Context, id clinic.PatientID) (clinic.Files, error) {
	standing, err := w.standing(ctx, id)
	if err != nil {
		return nil, err
	}
	files, _, err := w.files(ctx, standing, store.Moment{})
	return files, err
}

// files returns the files of the person that the file stands for, as known at
// the moment: itself, then those merged into it and into those.
func (w work) files(ctx context.Context, id clinic.PatientID, m store.Moment) (clinic.Files, []clinic.Merge, error) {
	files := clinic.Files{id}
	var all []clinic.Merge
	for i := 0; i < len(files) && i < mostFiles; i++ {
		merges, err := w.MergesInto(ctx, files[i], m)
		if err != nil {
			return nil, nil, err
		}
		for _, merge := range merges {
			files, all = append(files, merge.Loser), append(all, merge)
		}
	}
	return files, all, nil
}

// coverages are the insurances of a person that hold today, the newest of each
// file first.
func (w work) coverages(ctx context.Context, files clinic.Files) (holding []clinic.Coverage, err error) {
	for _, id := range files {
		all, err := w.Coverages(ctx, id)
		if err != nil {
			return nil, err
		}
		for _, c := range all {
			if c.CoversOn(w.today()) {
				holding = append(holding, c)
			}
		}
	}
	return holding, nil
}

// visible refuses a file of a branch that the actor may not see: NotFound
// patient.none, so that nobody learns who is known elsewhere.
func (w work) visible(p clinic.Patient) error {
	if scope := w.branch(); scope != 0 && p.Branch != scope {
		return fault.New(fault.NotFound, "patient.none", "there is no patient %d", p.ID)
	}
	return nil
}

// searched is branch for a search: 0 as well when the clinic has no other
// branch, since every file found would only be asked for what is known.
func (w work) searched(ctx context.Context) (clinic.BranchID, error) {
	scope := w.branch()
	if scope == 0 {
		return 0, nil
	}
	several, err := w.SeveralBranches(ctx)
	if err != nil || !several {
		return 0, err
	}
	return scope, nil
}

// branch is the one branch whose people the actor may see; 0 is all of them.
func (w work) branch() clinic.BranchID {
	if w.actor.Can(clinic.AllBranches) {
		return 0
	}
	return w.actor.Branch
}
