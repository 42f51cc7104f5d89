package intake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/sheet"
	"daftar/internal/store"
)

// clinicSource is the name under which imported rows are remembered.
const clinicSource = "clinic"

// The files of the open format and their columns; docs/import.md explains them.
var clinicFiles = []struct {
	name               string
	required, optional []string
}{
	{"insurers.csv", []string{"key", "code", "name", "kind", "share"}, nil},
	{"services.csv", []string{"key", "code", "name", "section", "price"}, []string{"section_name", "vat"}},
	{"tariffs.csv", []string{"key", "service", "price"}, []string{"insurer", "valid_from"}},
	{"patients.csv", []string{"key", "first_name", "last_name"}, []string{"file_number", "father_name", "national_code",
		"foreign_id_kind", "foreign_id", "mobile", "second_mobile", "landline", "emergency_phone", "birth_date", "gender",
		"marital_status", "job", "education", "province", "city", "address", "postal_code", "acquisition_source", "referrer",
		"notes", "registered_on", "base_insurer", "supplementary_insurer", "insurance_number"}},
	{"admissions.csv", []string{"key", "patient", "date", "service"}, []string{"time", "provider", "quantity", "unit_price",
		"base_share", "supplementary_share", "vat", "discount", "discount_reason", "base_insurer", "supplementary_insurer",
		"status", "cancel_reason"}},
	{"receipts.csv", []string{"key", "patient", "date", "method", "amount"}, []string{"time", "tracking_number", "last_four",
		"admission", "note"}},
	{"holidays.csv", []string{"key", "day", "name"}, []string{"worked"}},
	{"schedules.csv", []string{"key", "provider", "weekdays", "from", "until"}, []string{"room", "capacity"}},
	{"appointments.csv", []string{"key", "patient", "provider", "date", "time"}, []string{"service", "minutes", "status", "channel", "note", "reason",
		"admission"}},
	{"activities.csv", []string{"key", "patient", "kind", "subject"}, []string{"due", "status", "result", "note"}},
}

// notYet are the files of features that Daftar does not have so far.
var notYet = []string{"deposits.csv", "points.csv"}

// Clinic imports a folder in the open CSV format of docs/import.md: all or
// nothing. Rows of an earlier import are left alone. The zero actor imports
// into the first clinic in rials, which is made when there is none at all.
//
// Invalid import.rows with file, line, column and reason of up to twenty wrong
// rows; Conflict import.changed for a row that was imported with other content;
// the faults of the rules with file and line. A dry run without a clinic looks
// at the files only.
func Clinic(ctx context.Context, d *desk.Desk, actor clinic.Actor, dir string, o Options) (Report, error) {
	found := actor.Clinic != 0
	if !found {
		var err error
		if actor, found, err = clinicIn(ctx, d, money.IRR); err != nil {
			return Report{}, err
		}
	}
	settings := clinic.Clinic{Currency: money.IRR, Zone: tehran()}
	if found {
		var err error
		if settings, err = d.Clinic(ctx, actor.Clinic); err != nil {
			return Report{}, err
		}
		if settings.Currency != money.IRR {
			return Report{}, fault.New(fault.Refused, "import.currency", "clinic %d keeps its books in %s, the files are in rials", actor.Clinic, settings.Currency.Code)
		}
	}
	set, err := readClinic(dir, settings, d.Today(settings))
	if err != nil {
		return Report{}, err
	}
	report := set.report()
	if !found && o.DryRun {
		return report, nil
	}
	if !found {
		actor, err = d.CreateClinic(ctx, desk.NewClinic{ID: 1, Name: importedClinic, Currency: money.IRR.Code,
			Zone: tehranZone, StaffName: importedFiller, PlaceNames: desk.PlaceNames{Branch: demoBranch}})
		if err != nil {
			return Report{}, err
		}
	}
	err = d.Batch(ctx, actor, o.DryRun, func(b desk.Batch) error {
		book := &clinicBook{Batch: b, branch: actor.Branch, set: set, ids: map[string]int64{}}
		if err := book.all(ctx, o); err != nil {
			return err
		}
		report.New, report.Known = book.added, book.known
		if book.added == 0 {
			return nil
		}
		return b.Audit(ctx, "import.clinic")
	})
	if err != nil {
		return Report{}, err
	}
	return report, nil
}

// report counts what the files hold.
func (s *clinicSet) report() (r Report) {
	for _, f := range clinicFiles {
		r.add(f.name, strconv.Itoa(len(s.rows[f.name])))
	}
	return r
}

// clinicBook puts a set into the books of one batch.
type clinicBook struct {
	desk.Batch
	branch       clinic.BranchID
	set          *clinicSet
	ids          map[string]int64 // what each row became, by kind and key
	added, known int
	rooms        int // that were made
}

// once makes what rows become, unless an earlier import did.
func (b *clinicBook) once(ctx context.Context, kind, key string, rows []sheet.Row, do func() (int64, error)) error {
	row := store.ImportRow{Source: clinicSource, Kind: kind, Key: key, Digest: digest(rows...)}
	id, err := b.Imported(ctx, row)
	if err != nil {
		return at(rows[0], "key", err)
	}
	if id != 0 {
		if _, now := b.ids[kind+"/"+key]; !now { // not a second row of this run
			b.known++
		}
		b.ids[kind+"/"+key] = id
		return nil
	}
	if id, err = do(); err != nil {
		return at(rows[0], "", err)
	}
	b.added++
	b.ids[kind+"/"+key] = id
	return b.Remember(ctx, row, id)
}

// all books everything: the catalogue and the patients, then what happened, in
// the order of time, as it would have been at the desk.
func (b *clinicBook) all(ctx context.Context, o Options) error {
	for _, step := range []struct {
		file string
		do   func(context.Context, sheet.Row) error
	}{{"insurers.csv", b.insurer}, {"services.csv", b.service}, {"tariffs.csv", b.tariff}, {"patients.csv", b.patient},
		{"holidays.csv", b.holiday}, {"schedules.csv", b.shift}, {"activities.csv", b.activity}} {
		for _, row := range b.set.rows[step.file] {
			if err := step.do(ctx, row); err != nil {
				return err
			}
		}
	}
	events := slices.Clone(b.set.events)
	// Appointments come last: they name the admissions that they became.
	slices.SortStableFunc(events, func(x, y *clinicEvent) int {
		return cmp.Or(strings.Compare(x.last(), y.last()), x.at.Compare(y.at))
	})
	for i, e := range events {
		do := b.receipt
		switch e.rows[0].File {
		case "admissions.csv":
			do = b.admission
		case "appointments.csv":
			do = b.appointment
		}
		if err := do(ctx, e); err != nil {
			return err
		}
		if grown(i) && b.added > 0 {
			if err := b.Analyze(ctx); err != nil {
				return err
			}
		}
		o.progress(i+1, len(events))
	}
	return nil
}

// id is what the row of another file became that a column names; 0 when the
// column is empty.
func (b *clinicBook) id(kind string, row sheet.Row, column string) int64 {
	return b.ids[fmt.Sprintf("%s/%s", kind, row.Get(column))]
}
