package desk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/jalali"
	"daftar/internal/money"
	"daftar/internal/store"
)

// person is what a plain model of the list knows of a file.
type person struct {
	clinic.Patient
	root    int // place of the file that stands for it
	balance money.Amount
	visits  []time.Time
	seen    clinic.ProviderID
	insurer clinic.InsurerID
}

// town is an office with many people of two branches, of whom some were merged,
// and the model of them.
type town struct {
	office
	people    []*person
	here      clinic.BranchID
	there     clinic.BranchID
	providers []clinic.ProviderID
	insurer   clinic.InsurerID
	service   clinic.ServiceID
}

// link merges a file into another.
func (o office) link(t *testing.T, loser, winner clinic.PatientID) {
	t.Helper()
	if _, err := o.MergePatients(t.Context(), o.manager, desk.MergePatients{Loser: loser, Winner: winner, Reason: "آزمون"}); err != nil {
		t.Fatal(err)
	}
}

// addBranch adds a branch with the code.
func (o office) addBranch(t *testing.T, code string) clinic.BranchID {
	t.Helper()
	id := clinic.BranchID(o.ids.Next())
	err := o.store.Write(t.Context(), o.manager.Clinic, func(tx *store.Tx) error {
		return tx.AddBranch(t.Context(), clinic.Branch{ID: id, Code: code, Name: code})
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

var (
	townSources = []string{"", "اینستاگرام", "تابلو"}
	townTags    = [][]string{nil, {"VIP"}, {"vip", "کارکنان"}, {"VIP+", "همکار"}}
)

func buildTown(t *testing.T, o office) *town {
	t.Helper()
	w := &town{office: o, here: o.manager.Branch, there: o.addBranch(t, "two")}
	random := rand.New(rand.NewPCG(7, 11))
	now := o.clock.now()
	err := o.Batch(t.Context(), o.manager, false, func(b desk.Batch) error {
		w.people = nil
		if err := w.catalogue(t, b); err != nil {
			return err
		}
		for i := range 60 {
			p, err := w.settle(t, b, random, i, now)
			if err != nil {
				return err
			}
			p.root = i
			w.people = append(w.people, p)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range [][2]int{{3, 4}, {4, 5}, {10, 11}, {20, 21}, {22, 21}, {30, 31}} {
		w.join(t, m[0], m[1])
	}
	return w
}

// catalogue adds a service, an insurer and two providers.
func (w *town) catalogue(t *testing.T, b desk.Batch) error {
	section, err := b.Section(t.Context(), clinic.Section{Code: "skin", Name: "پوست"})
	if err != nil {
		return err
	}
	if w.service, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "visit", Name: "ویزیت", Price: 100}); err != nil {
		return err
	}
	if w.insurer, err = b.Insurer(t.Context(), clinic.Insurer{Code: "tamin", Name: "تأمین", Kind: clinic.BaseInsurance}); err != nil {
		return err
	}
	w.providers = nil
	for _, name := range []string{"راد", "کیا"} {
		id, err := b.Provider(t.Context(), clinic.Provider{Name: name})
		if err != nil {
			return err
		}
		w.providers = append(w.providers, id)
	}
	return nil
}

// settle registers one of the town with admissions and receipts.
func (w *town) settle(t *testing.T, b desk.Batch, random *rand.Rand, i int, now time.Time) (*person, error) {
	ctx := t.Context()
	p := &person{Patient: clinic.Patient{FirstName: syllables[random.IntN(4)], LastName: syllables[random.IntN(len(syllables))] + syllables[i%7],
		Mobile: fmt.Sprintf("0912%07d", 1000+i*37), Branch: []clinic.BranchID{w.here, w.there}[random.IntN(2)],
		AcquisitionSource: townSources[random.IntN(3)], Tags: townTags[random.IntN(4)],
		Registered: now.AddDate(0, -random.IntN(14), -1), BirthDate: jalali.DayOf(now, time.UTC).Add(-random.IntN(366*3) - 366*20)}}
	var err error
	if p.Patient, err = b.Patient(ctx, p.Patient); err != nil {
		return nil, err
	}
	if random.IntN(3) == 0 {
		if _, err := b.Coverage(ctx, clinic.Coverage{Patient: p.ID, Insurer: w.insurer}); err != nil {
			return nil, err
		}
		p.insurer = w.insurer
	}
	for range random.IntN(3) {
		at := now.AddDate(0, -random.IntN(10), -random.IntN(20)).Add(-time.Duration(random.IntN(5)) * time.Hour)
		provider := w.providers[random.IntN(2)]
		priced, err := b.Order(ctx, desk.Admit{Patient: p.ID, Coverage: &desk.Insurers{},
			Lines: []desk.OrderedLine{{Service: w.service, Provider: provider, Quantity: 1}}}, at)
		if err != nil {
			return nil, err
		}
		if _, err := b.Admission(ctx, priced, true); err != nil {
			return nil, err
		}
		if provider == w.providers[0] {
			p.seen = provider
		}
		p.visits, p.balance = append(p.visits, at), p.balance+100
	}
	if paid := money.Amount(random.IntN(4)) * 100; paid > 0 {
		_, _, err := b.Receipt(ctx, clinic.Receipt{Patient: p.ID, At: now, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: paid}}}, nil)
		if err != nil {
			return nil, err
		}
		p.balance -= paid
	}
	return p, nil
}

// join merges in the database and in the model.
func (w *town) join(t *testing.T, loser, winner int) {
	w.link(t, w.people[loser].ID, w.people[winner].ID)
	for _, p := range w.people {
		if p.root == loser {
			p.root = winner
		}
	}
}

// whole is a person over all files.
type wholePerson struct {
	*person
	last time.Time
	owed money.Amount
	rad  bool
}

// persons are the people of the model, each once.
func (w *town) persons() (all []wholePerson) {
	for i, p := range w.people {
		if p.root != i {
			continue
		}
		one := wholePerson{person: p}
		for _, file := range w.people {
			if file.root != i {
				continue
			}
			one.owed += file.balance
			one.rad = one.rad || file.seen != 0
			for _, at := range file.visits {
				if at.After(one.last) {
					one.last = at
				}
			}
		}
		all = append(all, one)
	}
	return all
}

// keeps is the filter in plain words.
func (w *town) keeps(p wholePerson, f desk.PatientFilter, scope clinic.BranchID) bool {
	today := jalali.DayOf(w.clock.now(), tehranZone)
	switch {
	case scope != 0 && p.Branch != scope, f.Branch != 0 && p.Branch != f.Branch,
		f.Filter == "debtor" && p.owed <= 0, f.Filter == "creditor" && p.owed >= 0, f.Filter == "settled" && p.owed != 0,
		f.Source != "" && p.AcquisitionSource != f.Source, f.Tag != "" && !slices.Contains(p.Tags, f.Tag),
		f.Provider != 0 && !p.rad, f.Insurer != 0 && p.insurer == 0:
		return false
	}
	if f.Unseen > 0 {
		// None of the month's days in question is a 31st, so the day stays.
		d := today.Date()
		for range f.Unseen {
			if d.Month--; d.Month == 0 {
				d.Year, d.Month = d.Year-1, 12
			}
		}
		since, _ := d.Civil().Bounds(tehranZone)
		if !p.Registered.Before(since) || !p.last.Before(since) {
			return false
		}
	}
	if f.Birthday == "week" {
		born, sunday := p.BirthDate.Date(), today.Add(-int(today.Weekday()))
		in := false
		for i := range 7 {
			d := sunday.Add(i).Date()
			in = in || d.Month == born.Month && d.Day == born.Day
		}
		return in
	}
	return true
}

var tehranZone = func() *time.Location {
	zone, err := time.LoadLocation("Asia/Tehran")
	if err != nil {
		panic(err)
	}
	return zone
}()

// compare is the order of the list in plain words.
func compare(sort string) func(a, b wholePerson) int {
	name := func(a, b wholePerson) int {
		x, y := farsi.Collation(a.LastName+" "+a.FirstName), farsi.Collation(b.LastName+" "+b.FirstName)
		if c := slices.Compare(x, y); c != 0 {
			return c
		}
		return int(a.ID - b.ID)
	}
	return func(a, b wholePerson) int {
		switch sort {
		case "name_down":
			return name(b, a)
		case "file_number":
			return int(b.FileNumber - a.FileNumber)
		case "file_number_up":
			return int(a.FileNumber - b.FileNumber)
		case "last_admission":
			if c := b.last.Compare(a.last); c != 0 || a.last.IsZero() != b.last.IsZero() {
				return c
			}
			if a.last.IsZero() {
				return name(a, b)
			}
		}
		return name(a, b)
	}
}

// Every filter, alone and together, in every order, walked forth and back,
// shows whom the plain model shows.
func TestListsAreWhatAPlainModelSays(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		w := buildTown(t, o)
		random := rand.New(rand.NewPCG(1, 2))
		scoped := o.as(clinic.Receptionist)
		kept := 0
		for range 150 {
			f := desk.PatientFilter{Filter: pickOf(random, "", "", "", "debtor", "creditor", "settled"), Unseen: pickOf(random, 0, 0, 0, 0, 0, 3, 8),
				Birthday: pickOf(random, "", "", "", "", "", "week"), Source: pickOf(random, append(townSources, "", "")...), Tag: pickOf(random, "", "", "", "", "VIP", "همکار"),
				Provider: pickOf(random, 0, 0, 0, 0, w.providers[0]), Insurer: pickOf(random, 0, 0, 0, 0, w.insurer)}
			actor, scope := o.manager, clinic.BranchID(0)
			if random.IntN(2) == 0 {
				actor, scope = scoped, scoped.Branch
			} else {
				f.Branch = pickOf(random, 0, w.here, w.there)
			}
			sort := pickOf(random, "", "name", "name_down", "file_number", "file_number_up", "last_admission")
			want := slices.DeleteFunc(w.persons(), func(p wholePerson) bool { return !w.keeps(p, f, scope) })
			slices.SortFunc(want, compare(sort))
			kept += len(want)
			forth, back := o.walk(t, actor, desk.PatientQuery{PatientFilter: f, Sort: sort, Limit: 7})
			for way, got := range map[string][]desk.PatientItem{"forth": forth, "back": back} {
				if !slices.EqualFunc(got, want, func(i desk.PatientItem, p wholePerson) bool { return i.Patient.ID == p.ID && i.Balance == p.owed }) {
					t.Fatalf("%s by %q with %+v: %d people, want %d:\n%v\n%v", way, sort, f, len(got), len(want), files(got), wantedFiles(want))
				}
			}
		}
		if kept < 500 {
			t.Errorf("the filters kept %d people in all, so that little was tested", kept)
		}
		page, err := o.Patients(t.Context(), scoped, desk.PatientQuery{})
		want := slices.DeleteFunc(w.persons(), func(p wholePerson) bool { return p.Branch != scoped.Branch })
		if err != nil || page.Count != len(want) {
			t.Errorf("counted %d, %v; want %d", page.Count, err, len(want))
		}
	})
}

func pickOf[T any](random *rand.Rand, from ...T) T { return from[random.IntN(len(from))] }

func files(items []desk.PatientItem) (all []string) {
	for _, i := range items {
		all = append(all, i.Patient.FileNumber.String())
	}
	return all
}

func wantedFiles(people []wholePerson) (all []string) {
	for _, p := range people {
		all = append(all, p.FileNumber.String())
	}
	return all
}

// walk follows the cursors to the end and back.
func (o office) walk(t *testing.T, actor clinic.Actor, q desk.PatientQuery) (forth, back []desk.PatientItem) {
	t.Helper()
	var last desk.PatientPage
	for more := true; more; more = q.Cursor != "" {
		var err error
		if last, err = o.Patients(t.Context(), actor, q); err != nil {
			t.Fatal(err)
		}
		forth = append(forth, last.Items...)
		q.Cursor = last.Older
	}
	for back = last.Items; last.Newer != ""; back = append(slices.Clone(last.Items), back...) {
		q.Cursor = last.Newer
		var err error
		if last, err = o.Patients(t.Context(), actor, q); err != nil {
			t.Fatal(err)
		}
	}
	return forth, back
}
