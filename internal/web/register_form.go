package web

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
	"daftar/internal/web/view"
)

// patientForm is the form of a patient as it was typed and as it is read.
type patientForm struct {
	fields                 map[string]string // as typed
	opened                 map[string]string // as the form showed them when it was opened
	service, advertising   bool
	different              bool // the person said that those who look alike are others
	request, version, then string
	patient                clinic.Patient
	referrer               clinic.Referrer
	insurance              clinic.Insurance
	photo                  []byte
	noPhoto                bool          // the picture that is there is to go
	lead                   clinic.LeadID // that the patient comes of; 0: none
	problems               []view.FieldProblem
	taken                  *view.TakenCode
	similar                []view.PatientMatch
	stale                  *view.StaleForm
	consents               map[string]string // who last said what about messages, by field
	status                 int
}

// textFields are the fields of a patient that are text as they stand.
func textFields(p *clinic.Patient) []struct {
	name string
	to   *string
} {
	return []struct {
		name string
		to   *string
	}{
		{"first_name", &p.FirstName}, {"last_name", &p.LastName}, {"father_name", &p.FatherName}, {"national_code", &p.NationalCode},
		{"foreign_id_kind", &p.ForeignIDKind}, {"foreign_id", &p.ForeignID}, {"mobile", &p.Mobile}, {"second_mobile", &p.SecondMobile},
		{"landline", &p.Landline}, {"emergency_phone", &p.EmergencyPhone}, {"gender", &p.Gender}, {"marital_status", &p.MaritalStatus},
		{"job", &p.Job}, {"education", &p.Education}, {"province", &p.Province}, {"city", &p.City}, {"address", &p.Address},
		{"postal_code", &p.PostalCode}, {"acquisition_source", &p.AcquisitionSource}, {"marketer_status", &p.MarketerStatus}, {"notes", &p.Notes},
	}
}

// otherFields are the fields of the form that are read before they are kept.
var otherFields = []string{"file_number", "birth_date", "wedding_date", "introducer", "referrer", "referrer_phone", "referrer_council",
	"referrer_email", "tags", "base_insurer", "base_insurance_number", "base_coverage_end", "base_guarantee_letter", "base_ceiling",
	"supplementary_insurer", "supplementary_insurance_number", "supplementary_coverage_end", "supplementary_guarantee_letter", "supplementary_ceiling"}

// formOrder is the order in which the fields stand, which is that of the
// problems above them.
var formOrder = []string{"first_name", "last_name", "national_code", "mobile", "birth_date", "gender"}

// firstEmpty is the field to begin with.
func (f patientForm) firstEmpty() string {
	for _, name := range []string{"first_name", "last_name", "national_code", "mobile", "birth_date"} {
		if f.fields[name] == "" {
			return name
		}
	}
	return "first_name"
}

// sound reports whether everything could be read.
func (f patientForm) sound() bool { return len(f.problems) == 0 }

// next is where success leads.
func (f patientForm) next(v visit, patient clinic.PatientID) string {
	switch {
	case f.then == "" && v.actor.Can(clinic.ReadStatement):
		return statementPath(patient, "summary")
	case f.then == "":
		return "/patients"
	}
	return strings.ReplaceAll(localPath(f.then), "{patient}", id(patient))
}

// back is where giving up leads: not to a page that is about the new patient.
func (f patientForm) back() string {
	if strings.Contains(f.then, "{patient}") {
		return "/patients"
	}
	return localPath(f.then)
}

// readPatientForm reads what was sent. What cannot be read is a problem at its
// field, all of them at once.
func readPatientForm(v visit, choices desk.FormChoices) patientForm {
	r := v.r
	f := patientForm{fields: map[string]string{}, status: http.StatusUnprocessableEntity, request: r.PostFormValue("request"),
		version: r.PostFormValue("version"), then: r.PostFormValue("then"), service: r.PostFormValue("sms_service") != "",
		advertising: r.PostFormValue("sms_advertising") != "", different: r.PostFormValue("different") != "", noPhoto: r.PostFormValue("photo_remove") != "",
		lead: number[clinic.LeadID](r.PostFormValue("lead"))}
	for _, t := range textFields(&f.patient) {
		*t.to = r.PostFormValue(t.name)
		f.fields[t.name] = *t.to
	}
	for _, name := range otherFields {
		f.fields[name] = r.PostFormValue(name)
	}
	// What a browser says of the form as it was opened only decides which
	// values of somebody else it takes over.
	if json.Unmarshal([]byte(r.PostFormValue("opened")), &f.opened) != nil {
		f.opened = nil
	}
	f.patient.SMSService, f.patient.SMSAdvertising = f.service, f.advertising
	f.patient.Tags = strings.FieldsFunc(f.fields["tags"], func(r rune) bool { return strings.ContainsRune(",;\n\u060c\u061b", r) })
	f.readFileNumber(v)
	f.readDays(v)
	f.readPeople(v, choices)
	f.insurance.Base = f.readCoverage(v, "base")
	f.insurance.Supplementary = f.readCoverage(v, "supplementary")
	f.readPhoto(v)
	p, wrong := clinic.PatientFaults(f.patient, v.l.Today)
	for _, e := range wrong {
		f.refuse(v, e.Field, e)
	}
	f.patient = p
	slices.SortStableFunc(f.problems, func(a, b view.FieldProblem) int { return cmp.Compare(place(a.Field), place(b.Field)) })
	if f.request == "" {
		f.refuse(v, "", fault.New(fault.Invalid, "request.key", "the form has no name"))
	}
	return f
}

// place is where a field stands.
func place(field string) int {
	if i := slices.Index(formOrder, field); i >= 0 {
		return i
	}
	return len(formOrder)
}

// refuse notes a fault as a problem of the field.
func (f *patientForm) refuse(v visit, field string, err error) {
	if e, ok := fault.As(err); ok {
		f.problems = append(f.problems, view.FieldProblem{Field: field, Text: message.Fault(v.l.Lang, e)})
	}
}

// readFileNumber reads the number of those who may choose one.
func (f *patientForm) readFileNumber(v visit) {
	text := strings.TrimSpace(farsi.Digits(f.fields["file_number"]))
	if text == "" || !v.actor.Can(clinic.SetFileNumber) {
		return
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		f.refuse(v, "file_number", fault.New(fault.Invalid, "patient.file_number_form", "a file number has 1 to 9 digits"))
	}
	f.patient.FileNumber = clinic.FileNumber(n)
}

func (f *patientForm) readDays(v visit) {
	var err error
	if f.patient.BirthDate, f.patient.BirthYear, err = birth(v, f.fields["birth_date"]); err != nil {
		f.refuse(v, "birth_date", err)
	}
	f.patient.WeddingDate = f.readDay(v, "wedding_date")
}

// readDay reads a day; none is "".
func (f *patientForm) readDay(v visit, field string) jalali.Day {
	if strings.TrimSpace(f.fields[field]) == "" {
		return ""
	}
	day, err := v.day(f.fields[field])
	f.refuse(v, field, err)
	return day
}

// gregorianYears is how much later the other calendar counts, and from where
// on a year is one of it.
const (
	gregorianYears = 621
	gregorianFrom  = 1700
)

// birth reads a whole date, or four digits as the year alone. Invalid
// patient.birth_year and those of jalali.Parse.
func birth(v visit, typed string) (jalali.Day, int, error) {
	digits := strings.TrimSpace(farsi.Digits(typed))
	if digits == "" {
		return "", 0, nil
	}
	if strings.Trim(digits, "0123456789") != "" || len(digits) > 4 {
		day, err := v.day(typed)
		return day, 0, err
	}
	year, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 4 {
		return "", 0, fault.New(fault.Invalid, "patient.birth_year", "the year has four digits")
	}
	if year >= gregorianFrom {
		year -= gregorianYears
	}
	return "", year, nil
}

// readPeople reads who sent the patient: an introducer by file number or name,
// a referrer by name.
func (f *patientForm) readPeople(v visit, choices desk.FormChoices) {
	if text := short(f.fields["introducer"]); text != "" {
		who, err := introducer(choices.Marketers, text)
		f.refuse(v, "introducer", err)
		f.patient.Introducer = who
	}
	f.patient.Referrer = f.fields["referrer"]
	f.referrer = clinic.Referrer{Phone: f.fields["referrer_phone"], MedicalCouncilNumber: f.fields["referrer_council"], Email: f.fields["referrer_email"]}
	if known, found := clinic.FindReferrer(choices.Referrers, f.fields["referrer"]); found && strings.TrimSpace(f.fields["referrer"]) != "" {
		f.patient.ReferrerID = known.ID
	} else if f.referrer != (clinic.Referrer{}) {
		details := f.referrer
		details.Name = f.fields["referrer"]
		if _, err := details.Check(); err != nil {
			e, _ := fault.As(err)
			f.refuse(v, e.Field, err)
		}
	}
}

// introducer finds the marketer that a text means: by the number at its end,
// which the offers have, or by a name that one has. Invalid patient.introducer
// and patient.introducer_unclear.
func introducer(marketers []clinic.Patient, text string) (clinic.PatientID, error) {
	words := strings.Fields(farsi.Digits(text))
	number := words[len(words)-1]
	var named []clinic.PatientID
	for _, p := range marketers {
		if p.FileNumber.String() == number {
			return p.ID, nil
		}
		if farsi.Key(p.Name()) == farsi.Key(text) {
			named = append(named, p.ID)
		}
	}
	switch len(named) {
	case 0:
		return 0, fault.New(fault.Invalid, "patient.introducer", "there is no such marketer")
	case 1:
		return named[0], nil
	}
	return 0, fault.New(fault.Invalid, "patient.introducer_unclear", "%d marketers have this name", len(named))
}

// introducerLabel is how the form writes an introducer.
func introducerLabel(p clinic.Patient) string { return p.Name() + " · " + p.FileNumber.String() }

// readCoverage reads the fields of one kind of insurance.
func (f *patientForm) readCoverage(v visit, kind string) clinic.Coverage {
	field := func(name string) string { return f.fields[kind+"_"+name] }
	c := clinic.Coverage{Insurer: readID[clinic.InsurerID](field("insurer")), InsuranceNumber: short(field("insurance_number")),
		GuaranteeLetter: short(field("guarantee_letter")), End: f.readDay(v, kind+"_coverage_end")}
	if text := strings.TrimSpace(field("ceiling")); text != "" {
		amount, err := v.clinic.Currency.Parse(text)
		f.refuse(v, kind+"_ceiling", err)
		c.Ceiling = amount
	}
	return c
}

// readID reads an id that a form's own choice sent, 0 for none.
func readID[T ~int64](text string) T {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return T(n)
}

// readPhoto reads the chosen picture, made ready to keep.
func (f *patientForm) readPhoto(v visit) {
	file, chosen, err := uploaded(v, "photo", clinic.MaxPhoto)
	if err == nil && chosen {
		f.photo, err = clinic.Photo(file.bytes)
	}
	f.refuse(v, "photo", err)
}

// writtenForm is the form as it is written now.
func writtenForm(v visit, file desk.PatientFile) patientForm {
	p := file.Patient
	f := patientForm{fields: map[string]string{}, service: p.SMSService, advertising: p.SMSAdvertising, version: id(p.Version), patient: p}
	f.consents = consentTexts(v, file.Consents)
	for _, t := range textFields(&p) {
		f.fields[t.name] = *t.to
	}
	for _, number := range []string{"national_code", "mobile", "second_mobile", "landline", "postal_code"} {
		f.fields[number] = v.l.Digits(f.fields[number])
	}
	f.fields["file_number"] = v.l.Digits(p.FileNumber.String())
	f.fields["wedding_date"] = v.l.DayInput(p.WeddingDate)
	f.fields["birth_date"] = v.l.DayInput(p.BirthDate)
	if p.BirthDate == "" && p.BirthYear != 0 {
		year := p.BirthYear
		if v.l.Calendar == view.Gregorian {
			year += gregorianYears
		}
		f.fields["birth_date"] = v.l.Digits(strconv.Itoa(year))
	}
	f.fields["tags"] = strings.Join(p.Tags, v.l.T("register.comma"))
	if f.fields["referrer"] = p.Referrer; file.Referrer.ID != 0 {
		f.fields["referrer"] = file.Referrer.Label()
	}
	if file.Introducer.ID != 0 {
		f.fields["introducer"] = introducerLabel(file.Introducer)
	}
	f.writeCoverage(v, "base", file.Insurance.Base)
	f.writeCoverage(v, "supplementary", file.Insurance.Supplementary)
	return f
}

func (f *patientForm) writeCoverage(v visit, kind string, c clinic.Coverage) {
	if c.Insurer == 0 {
		return
	}
	f.fields[kind+"_insurer"] = id(c.Insurer)
	f.fields[kind+"_insurance_number"] = c.InsuranceNumber
	f.fields[kind+"_guarantee_letter"] = c.GuaranteeLetter
	f.fields[kind+"_coverage_end"] = v.l.DayInput(c.End)
	if c.Ceiling != 0 {
		f.fields[kind+"_ceiling"] = ceiling(v, c.Ceiling)
	}
}

// ceiling writes an amount as its field takes it, to everybody: it is the
// insurer's and tells nothing of what the patient owes.
func ceiling(v visit, a money.Amount) string {
	l := v.l
	l.NoMoney = false
	return l.Amount(a)
}
