package api

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// patientForm is what may be written about a patient; a field that is not sent
// stays as it is.
type patientForm struct {
	FileNumber        *string   `json:"file_number,omitempty"`
	FirstName         *string   `json:"first_name,omitempty"`
	LastName          *string   `json:"last_name,omitempty"`
	FatherName        *string   `json:"father_name,omitempty"`
	NationalCode      *string   `json:"national_code,omitempty"`
	ForeignIDKind     *string   `json:"foreign_id_kind,omitempty"`
	ForeignID         *string   `json:"foreign_id,omitempty"`
	Mobile            *string   `json:"mobile,omitempty"`
	SecondMobile      *string   `json:"second_mobile,omitempty"`
	Landline          *string   `json:"landline,omitempty"`
	EmergencyPhone    *string   `json:"emergency_phone,omitempty"`
	BirthDate         *string   `json:"birth_date,omitempty"`
	BirthYear         *int      `json:"birth_year,omitempty"`
	WeddingDate       *string   `json:"wedding_date,omitempty"`
	Gender            *string   `json:"gender,omitempty"`
	MaritalStatus     *string   `json:"marital_status,omitempty"`
	Job               *string   `json:"job,omitempty"`
	Education         *string   `json:"education,omitempty"`
	Province          *string   `json:"province,omitempty"`
	City              *string   `json:"city,omitempty"`
	Address           *string   `json:"address,omitempty"`
	PostalCode        *string   `json:"postal_code,omitempty"`
	AcquisitionSource *string   `json:"acquisition_source,omitempty"`
	IntroducerID      *string   `json:"introducer_id,omitempty"`
	Referrer          *string   `json:"referrer,omitempty" doc:"by name; one who is new is added"`
	ReferrerID        *string   `json:"referrer_id,omitempty"`
	MarketerStatus    *string   `json:"marketer_status,omitempty"`
	Tags              *[]string `json:"tags,omitempty"`
	SMSService        *bool     `json:"sms_service,omitempty"`
	SMSAdvertising    *bool     `json:"sms_advertising,omitempty"`
	Notes             *string   `json:"notes,omitempty"`
	AskSimilar        bool      `json:"ask_similar,omitempty" doc:"of a new patient: refuse with patient.similar while others have the same name and the same mobile or birth date"`
	DryRun            bool      `json:"dry_run,omitempty"`
}

// fill writes the fields that were sent into p.
func (f patientForm) fill(p *clinic.Patient, today jalali.Day) error {
	for _, t := range []struct {
		from *string
		to   *string
	}{
		{f.FirstName, &p.FirstName}, {f.LastName, &p.LastName}, {f.FatherName, &p.FatherName},
		{f.NationalCode, &p.NationalCode}, {f.ForeignIDKind, &p.ForeignIDKind}, {f.ForeignID, &p.ForeignID},
		{f.Mobile, &p.Mobile}, {f.SecondMobile, &p.SecondMobile}, {f.Landline, &p.Landline},
		{f.EmergencyPhone, &p.EmergencyPhone}, {f.Gender, &p.Gender}, {f.MaritalStatus, &p.MaritalStatus},
		{f.Job, &p.Job}, {f.Education, &p.Education}, {f.Province, &p.Province}, {f.City, &p.City},
		{f.Address, &p.Address}, {f.PostalCode, &p.PostalCode}, {f.AcquisitionSource, &p.AcquisitionSource},
		{f.Referrer, &p.Referrer}, {f.MarketerStatus, &p.MarketerStatus}, {f.Notes, &p.Notes},
	} {
		set(t.to, t.from)
	}
	set(&p.BirthYear, f.BirthYear)
	set(&p.Tags, f.Tags)
	set(&p.SMSService, f.SMSService)
	set(&p.SMSAdvertising, f.SMSAdvertising)
	return f.fillParsed(p, today)
}

// fillParsed writes the fields that are read before they are written.
func (f patientForm) fillParsed(p *clinic.Patient, today jalali.Day) (err error) {
	if f.FileNumber != nil {
		n, err := strconv.ParseInt(*f.FileNumber, 10, 64)
		if err != nil {
			return fault.New(fault.Invalid, "patient.file_number_form", "a file number has 1 to 9 digits").At("file_number")
		}
		p.FileNumber = clinic.FileNumber(n)
	}
	if f.IntroducerID != nil {
		if p.Introducer, err = number[clinic.PatientID](*f.IntroducerID, "patient", "introducer_id"); err != nil {
			return err
		}
	}
	if f.Referrer != nil {
		p.ReferrerID = 0 // the name says who it is now
	}
	if f.ReferrerID != nil {
		if p.ReferrerID, err = number[clinic.ReferrerID](*f.ReferrerID, "referrer", "referrer_id"); err != nil {
			return err
		}
		if p.ReferrerID == 0 && f.Referrer == nil {
			p.Referrer = ""
		}
	}
	if f.BirthDate != nil {
		if p.BirthDate, err = day(*f.BirthDate, "birth_date", today); err != nil {
			return err
		}
	}
	if f.WeddingDate != nil {
		p.WeddingDate, err = day(*f.WeddingDate, "wedding_date", today)
	}
	return err
}

// set writes a value that was sent.
func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// Patient is a patient in an answer.
type Patient struct {
	ID                string    `json:"id"`
	FileNumber        string    `json:"file_number"`
	Name              string    `json:"name"`
	FirstName         string    `json:"first_name"`
	LastName          string    `json:"last_name"`
	FatherName        string    `json:"father_name,omitempty"`
	NationalCode      string    `json:"national_code,omitempty"`
	ForeignIDKind     string    `json:"foreign_id_kind,omitempty"`
	ForeignID         string    `json:"foreign_id,omitempty"`
	Mobile            string    `json:"mobile,omitempty"`
	SecondMobile      string    `json:"second_mobile,omitempty"`
	Landline          string    `json:"landline,omitempty"`
	EmergencyPhone    string    `json:"emergency_phone,omitempty"`
	BirthDate         string    `json:"birth_date,omitempty"`
	BirthDateJalali   string    `json:"birth_date_jalali,omitempty"`
	BirthYear         int       `json:"birth_year,omitempty"`
	WeddingDate       string    `json:"wedding_date,omitempty"`
	WeddingDateJalali string    `json:"wedding_date_jalali,omitempty"`
	Gender            string    `json:"gender,omitempty"`
	MaritalStatus     string    `json:"marital_status,omitempty"`
	Job               string    `json:"job,omitempty"`
	Education         string    `json:"education,omitempty"`
	Province          string    `json:"province,omitempty"`
	City              string    `json:"city,omitempty"`
	Address           string    `json:"address,omitempty"`
	PostalCode        string    `json:"postal_code,omitempty"`
	AcquisitionSource string    `json:"acquisition_source,omitempty"`
	IntroducerID      string    `json:"introducer_id,omitempty"`
	Referrer          string    `json:"referrer,omitempty"`
	ReferrerID        string    `json:"referrer_id,omitempty"`
	MarketerStatus    string    `json:"marketer_status,omitempty"`
	Tags              []string  `json:"tags"`
	SMSService        bool      `json:"sms_service"`
	SMSAdvertising    bool      `json:"sms_advertising"`
	Notes             string    `json:"notes,omitempty"`
	Registered        time.Time `json:"registered"`
	Version           int64     `json:"version"`
}

func showPatient(p clinic.Patient) Patient {
	tags := p.Tags
	if tags == nil {
		tags = []string{}
	}
	return Patient{ID: name(p.ID), FileNumber: p.FileNumber.String(), Name: p.Name(), FirstName: p.FirstName, LastName: p.LastName,
		FatherName: p.FatherName, NationalCode: p.NationalCode, ForeignIDKind: p.ForeignIDKind, ForeignID: p.ForeignID,
		Mobile: p.Mobile, SecondMobile: p.SecondMobile, Landline: p.Landline, EmergencyPhone: p.EmergencyPhone,
		BirthDate: string(p.BirthDate), BirthDateJalali: twin(p.BirthDate), BirthYear: p.BirthYear,
		WeddingDate: string(p.WeddingDate), WeddingDateJalali: twin(p.WeddingDate), Gender: p.Gender,
		MaritalStatus: p.MaritalStatus, Job: p.Job, Education: p.Education, Province: p.Province, City: p.City,
		Address: p.Address, PostalCode: p.PostalCode, AcquisitionSource: p.AcquisitionSource, IntroducerID: name(p.Introducer),
		Referrer: p.Referrer, ReferrerID: name(p.ReferrerID), MarketerStatus: p.MarketerStatus, Tags: tags, SMSService: p.SMSService,
		SMSAdvertising: p.SMSAdvertising, Notes: p.Notes, Registered: p.Registered.UTC(), Version: p.Version}
}

// replyPatient answers a patient with the version it is edited by.
func replyPatient(p clinic.Patient) *answer[Patient] {
	return &answer[Patient]{ETag: `"` + strconv.FormatInt(p.Version, 10) + `"`, Body: showPatient(p)}
}

// Listed is a patient in a list; Balance is missing without the right to see
// money.
type Listed struct {
	Patient
	Insurance           string        `json:"insurance,omitempty"`
	LastAdmission       string        `json:"last_admission,omitempty"`
	LastAdmissionJalali string        `json:"last_admission_jalali,omitempty"`
	Balance             *money.Amount `json:"balance,omitempty"`
}

type patientList struct {
	Items      []Listed `json:"items"`
	NextCursor string   `json:"next_cursor"`
	PrevCursor string   `json:"prev_cursor,omitempty"`
	Count      *int     `json:"count,omitempty"`
	More       bool     `json:"more,omitempty"`
	Suggest    string   `json:"suggest,omitempty"`
}

func (s *server) addPatients() {
	add(s, call{method: http.MethodGet, path: "/patients", right: clinic.ReadPatients, touches: aboutMoney,
		object: "patient", says: "List or search patients"}, s.listPatients)
	add(s, call{method: http.MethodPost, path: "/patients", right: clinic.WritePatients, touches: aboutPatients,
		object: "patient", says: "Register a patient", created: true}, s.registerPatient)
	add(s, call{method: http.MethodGet, path: "/patients/{id}", right: clinic.ReadPatients, touches: aboutPatients,
		object: "patient", says: "One patient"}, s.getPatient)
	add(s, call{method: http.MethodPatch, path: "/patients/{id}", right: clinic.WritePatients, touches: aboutPatients,
		object: "patient", says: "Edit a patient; If-Match is the ETag that was read"}, s.editPatient)
}

func (s *server) listPatients(ctx context.Context, a clinic.Actor, in *patientQuery) (*answer[patientList], error) {
	q, err := in.query()
	if err != nil {
		return nil, err
	}
	page, err := s.desk.Patients(ctx, a, q)
	if err != nil {
		return nil, err
	}
	list := patientList{Items: []Listed{}, NextCursor: page.Older, PrevCursor: page.Newer, More: page.More, Suggest: page.Suggest}
	if page.Count >= 0 {
		list.Count = &page.Count
	}
	for _, i := range page.Items {
		list.Items = append(list.Items, Listed{Patient: showPatient(i.Patient), Insurance: i.Insurance,
			LastAdmission: string(i.LastAdmission), LastAdmissionJalali: twin(i.LastAdmission), Balance: seen(a, i.Balance)})
	}
	return reply(list), nil
}

func (s *server) registerPatient(ctx context.Context, a clinic.Actor, in *post[patientForm]) (*answer[Patient], error) {
	form, err := decode[patientForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	p := clinic.Patient{SMSService: true} // until somebody says no
	if err := form.fill(&p, today); err != nil {
		return nil, err
	}
	p, err = s.desk.RegisterPatient(ctx, a, desk.RegisterPatient{Patient: p, AskSimilar: form.AskSimilar,
		Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return replyPatient(p), nil
}

// onPatient is a call on one patient without a body.
type onPatient struct {
	ID string `path:"id"`
}

func (s *server) getPatient(ctx context.Context, a clinic.Actor, in *onPatient) (*answer[Patient], error) {
	id, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	p, err := s.desk.Patient(ctx, a, id)
	if err != nil {
		return nil, err
	}
	return replyPatient(p), nil
}

type patchPatient struct {
	ID      string `path:"id"`
	Key     string `header:"Idempotency-Key"`
	IfMatch string `header:"If-Match" doc:"the ETag that was read"`
	RawBody []byte `contentType:"application/json"`
}

func (patchPatient) bodyType() reflect.Type { return reflect.TypeFor[patientForm]() }

func (s *server) editPatient(ctx context.Context, a clinic.Actor, in *patchPatient) (*answer[Patient], error) {
	form, err := decode[patientForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	id, err := number[clinic.PatientID](in.ID, "patient", "id")
	if err != nil {
		return nil, err
	}
	version, err := strconv.ParseInt(strings.Trim(in.IfMatch, `"`), 10, 64)
	if err != nil {
		return nil, fault.New(fault.Invalid, "request.version", "the header If-Match is the ETag that was read").At("If-Match")
	}
	today, err := s.today(ctx, a)
	if err != nil {
		return nil, err
	}
	p, err := s.desk.Patient(ctx, a, id)
	if err != nil {
		return nil, err
	}
	if err := form.fill(&p, today); err != nil {
		return nil, err
	}
	p.ID, p.Version = id, version // of the file that was read, merged since or not
	p, err = s.desk.EditPatient(ctx, a, desk.EditPatient{Patient: p, Request: desk.Request{Key: in.Key, DryRun: form.DryRun}})
	if err != nil {
		return nil, err
	}
	return replyPatient(p), nil
}
