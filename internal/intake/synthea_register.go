package intake

import (
	"context"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/sheet"
)

// noInsurance is the payer that stands for none.
const noInsurance = "NO_INSURANCE"

// catalogue adds payers and providers. Services and sections come with the
// charges that name them.
func (b *syntheaBook) catalogue(ctx context.Context) error {
	second, first := map[string]bool{}, map[string]bool{}
	for _, a := range b.set.admissions {
		first[a.primary], second[a.secondary] = true, true
	}
	for _, row := range b.set.payers {
		if row.Get("NAME") == noInsurance {
			continue
		}
		// They owe all that is left to them; the files say who pays what.
		i := clinic.Insurer{Code: plainCode(row.Get("NAME")), Name: row.Get("NAME"), Kind: clinic.BaseInsurance, Share: 10000}
		if id := row.Get("Id"); second[id] && !first[id] {
			i.Kind = clinic.SupplementaryInsurance
		}
		if _, err := b.once(ctx, "insurer", row.Get("Id"), []sheet.Row{row}, func() (int64, error) {
			id, err := b.Insurer(ctx, i)
			return int64(id), err
		}); err != nil {
			return err
		}
	}
	for _, row := range b.set.providers {
		if _, err := b.once(ctx, "provider", row.Get("Id"), []sheet.Row{row}, func() (int64, error) {
			id, err := b.Provider(ctx, clinic.Provider{Name: row.Get("NAME")})
			return int64(id), err
		}); err != nil {
			return err
		}
	}
	return nil
}

// plainCode makes a code for exports of a name: letters and digits, the rest
// dashes.
func plainCode(name string) string {
	code := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, strings.ToLower(name))
	return strings.Trim(code, "-")
}

// key is the row of something that has no file of its own: only its name
// counts.
func key(row sheet.Row, column string) sheet.Row {
	return sheet.Row{File: row.File, Line: row.Line}.With(column, row.Get(column))
}

// section is the class of the encounter, made on first use.
func (b *syntheaBook) section(ctx context.Context, row sheet.Row) (clinic.SectionID, error) {
	class := row.Get("ENCOUNTERCLASS")
	_, err := b.once(ctx, "section", class, []sheet.Row{key(row, "ENCOUNTERCLASS")}, func() (int64, error) {
		id, err := b.Section(ctx, clinic.Section{Code: plainCode(class), Name: class})
		return int64(id), err
	})
	return clinic.SectionID(b.ids["section/"+class]), err
}

// service is the procedure of a charge, made on first use with its name and
// price there.
func (b *syntheaBook) service(ctx context.Context, c *syntheaCharged, section clinic.SectionID) (clinic.ServiceID, error) {
	code := c.row.Get("PROCEDURECODE")
	_, err := b.once(ctx, "service", code, []sheet.Row{key(c.row, "PROCEDURECODE")}, func() (int64, error) {
		id, err := b.Service(ctx, desk.NewService{Section: section, Code: code, Name: c.row.Get("NOTES"), Price: c.amount})
		return int64(id), err
	})
	return clinic.ServiceID(b.ids["service/"+code]), err
}

// patients registers the patients with their insurance. They are registered
// when they first came.
func (b *syntheaBook) patients(ctx context.Context) error {
	came := map[string]time.Time{}
	for _, a := range b.set.admissions {
		if id := a.row.Get("PATIENT"); came[id].IsZero() {
			came[id] = a.at
		}
	}
	for _, row := range b.set.patients {
		_, err := b.once(ctx, "patient", row.Get("Id"), []sheet.Row{row}, func() (int64, error) {
			p, err := b.Patient(ctx, syntheaPatient(row, came[row.Get("Id")]))
			return int64(p.ID), err
		})
		if err != nil {
			return err
		}
	}
	for _, row := range b.set.coverages {
		if err := b.coverage(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

func syntheaPatient(row sheet.Row, came time.Time) clinic.Patient {
	p := clinic.Patient{FirstName: row.Get("FIRST"), LastName: row.Get("LAST"), BirthDate: jalali.Day(row.Get("BIRTHDATE")),
		Gender:        map[string]string{"F": "female", "M": "male"}[row.Get("GENDER")],
		MaritalStatus: map[string]string{"M": "married", "S": "single"}[row.Get("MARITAL")],
		Province:      row.Get("STATE"), City: row.Get("CITY"), Address: row.Get("ADDRESS"), PostalCode: row.Get("ZIP"),
		Registered: came}
	switch {
	case row.Get("SSN") != "":
		p.ForeignIDKind, p.ForeignID = "foreign_id", row.Get("SSN")
	case row.Get("PASSPORT") != "":
		p.ForeignIDKind, p.ForeignID = "passport", row.Get("PASSPORT")
	}
	return p
}

// coverage adds a payer of a year. Its last day is the one before the next
// begins. Rows of no use, without insurer or days, are left out.
func (b *syntheaBook) coverage(ctx context.Context, row sheet.Row) error {
	from, end := syntheaDay(row.Get("START_DATE")), syntheaDay(row.Get("END_DATE")).Add(-1)
	patient := b.ids["patient/"+row.Get("PATIENT")]
	if patient == 0 || from == "" || end < from {
		return nil
	}
	for _, column := range []string{"PAYER", "SECONDARY_PAYER"} {
		insurer := b.insurer(row.Get(column))
		if insurer == 0 {
			continue
		}
		c := clinic.Coverage{Patient: clinic.PatientID(patient), Insurer: insurer, ValidFrom: from, End: end}
		if column == "PAYER" {
			c.InsuranceNumber = row.Get("MEMBERID")
		}
		name := row.Get("PATIENT") + " " + string(from) + " " + row.Get(column)
		if _, err := b.once(ctx, "coverage", name, []sheet.Row{row}, func() (int64, error) {
			id, err := b.Coverage(ctx, c)
			return int64(id), err
		}); err != nil {
			return err
		}
	}
	return nil
}

// syntheaDay is the day of an instant, "" for none.
func syntheaDay(text string) jalali.Day {
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return ""
	}
	return jalali.DayOf(at, time.UTC)
}
