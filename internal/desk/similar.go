package desk

import (
	"context"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// Match is a patient who may be the one of a form. Balance is 0 for an actor
// without the permission to read money.
type Match struct {
	Patient clinic.Patient
	Balance money.Amount
	Why     MatchReason
}

// MatchReason is what a form and a patient have in common.
type MatchReason string

// The reasons, strongest first: the code of one person, the same name with the
// same mobile or birth date, a mobile that families share, a part of a number
// or of a name.
const (
	SameCode   MatchReason = "code"
	SamePerson MatchReason = "person"
	SameMobile MatchReason = "mobile"
	SameNumber MatchReason = "number"
	SameName   MatchReason = "name"
)

// mostMatches is how many a form shows.
const mostMatches = 8

// SimilarPatients returns patients who may be the person of a form: the same
// name and the same mobile or birth date. A form that is wrong has none.
func (d *Desk) SimilarPatients(ctx context.Context, actor clinic.Actor, form clinic.Patient) ([]clinic.Patient, error) {
	return readPatient(ctx, d, actor, "patient.list", func(w work) ([]clinic.Patient, clinic.PatientID, error) {
		form.Mobile = cleanOr(farsi.Mobile, form.Mobile)
		found, err := w.similar(ctx, form)
		return found, 0, err
	})
}

// similar is SimilarPatients in the transaction at hand.
func (w work) similar(ctx context.Context, form clinic.Patient) ([]clinic.Patient, error) {
	if strings.TrimSpace(form.Name()) == "" {
		return nil, nil
	}
	found, err := w.Tx.SimilarPatients(ctx, form)
	if err != nil {
		return nil, err
	}
	return w.seen(ctx, found, form.ID)
}

// seen are the files that stand for the patients and that the actor may see,
// each once, without the one of that id.
func (w work) seen(ctx context.Context, found []clinic.Patient, without clinic.PatientID) ([]clinic.Patient, error) {
	var people []clinic.Patient
	had := map[clinic.PatientID]bool{without: without != 0}
	for _, p := range found {
		if p.MergedInto != 0 {
			var err error
			if p, err = w.person(ctx, p.ID); err != nil && fault.Of(err) != fault.NotFound {
				return nil, err
			}
		}
		if p.ID == 0 || had[p.ID] || w.visible(p) != nil {
			continue
		}
		had[p.ID] = true
		people = append(people, p)
	}
	return people, nil
}

// MatchingPatients returns who is known already by what is typed into a form so
// far, the likeliest first, and whether there are more. It takes parts: two
// letters of a name, four digits of a number. form.ID is left out.
func (d *Desk) MatchingPatients(ctx context.Context, actor clinic.Actor, form clinic.Patient) (found []Match, more bool, err error) {
	found, err = readPatient(ctx, d, actor, "patient.list", func(w work) (matches []Match, whom clinic.PatientID, err error) {
		matches, err = w.matching(ctx, form)
		return matches, 0, err
	})
	return found[:min(len(found), mostMatches)], len(found) > mostMatches, err
}

func (w work) matching(ctx context.Context, form clinic.Patient) ([]Match, error) {
	var matches []Match
	had := map[clinic.PatientID]bool{}
	add := func(why MatchReason, found []clinic.Patient, err error) error {
		if err != nil {
			return err
		}
		people, err := w.seen(ctx, found, form.ID)
		for _, p := range people {
			if !had[p.ID] {
				had[p.ID] = true
				matches = append(matches, Match{Patient: p, Why: why})
			}
		}
		return err
	}
	mobile, code := cleanOr(farsi.Mobile, form.Mobile), cleanOr(farsi.NationalCode, form.NationalCode)
	if code != "" {
		p, err := w.PatientByNationalCode(ctx, code)
		if fault.Of(err) == fault.NotFound {
			err = nil
		}
		if err := add(SameCode, []clinic.Patient{p}, err); err != nil {
			return nil, err
		}
	}
	alike := form
	alike.Mobile = mobile
	similar, err := w.similar(ctx, alike)
	if err := add(SamePerson, similar, err); err != nil {
		return nil, err
	}
	if mobile != "" {
		shared, err := w.PatientsWithMobile(ctx, mobile)
		if err := add(SameMobile, shared, err); err != nil {
			return nil, err
		}
	}
	if err := w.matchingParts(ctx, form, mobile, code, add); err != nil {
		return nil, err
	}
	return matches, w.addBalances(ctx, matches)
}

// matchingParts looks for what begins as the form does.
func (w work) matchingParts(ctx context.Context, form clinic.Patient, mobile, code string,
	add func(MatchReason, []clinic.Patient, error) error) error {
	part := func(why MatchReason, words []string) error {
		if len(words) == 0 {
			return nil
		}
		found, _, err := w.FindPatients(ctx, store.PatientQuery{Words: words, Conditions: store.Conditions{Branch: w.branch()}, Limit: 2 * mostMatches})
		return add(why, found, err)
	}
	for _, n := range []struct{ typed, clean string }{{form.NationalCode, code}, {form.Mobile, mobile}} {
		digits := farsi.Digits(strings.TrimSpace(n.typed))
		if n.clean == "" && len(digits) >= 4 && strings.Trim(digits, "0123456789") == "" {
			if err := part(SameNumber, []string{digits}); err != nil {
				return err
			}
		}
	}
	if len([]rune(farsi.Key(form.Name()))) < 2 {
		return nil
	}
	return part(SameName, farsi.QueryWords(form.Name()))
}

// addBalances writes to each match what the patient owes, for who may know.
func (w work) addBalances(ctx context.Context, matches []Match) error {
	if !w.actor.Can(clinic.ReadMoney) || len(matches) == 0 {
		return nil
	}
	var owners []int64
	for _, m := range matches {
		owners = append(owners, int64(m.Patient.ID))
	}
	balances, err := w.BalancesOf(ctx, clinic.AccountReceivable, w.clinic.Unit(), owners, store.Moment{})
	if err != nil {
		return err
	}
	for i := range matches {
		matches[i].Balance = balances[owners[i]].Amount
	}
	return nil
}

// cleanOr is the cleaned value, or "" for one that cannot be cleaned.
func cleanOr(clean func(string) (string, error), value string) string {
	value, err := clean(value)
	if err != nil {
		return ""
	}
	return value
}
