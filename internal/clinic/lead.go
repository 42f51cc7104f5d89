package clinic

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// LeadID names a lead.
type LeadID int64

// LeadStatus is how far somebody has come from a first word to an admission.
type LeadStatus string

// The states of a lead.
const (
	LeadNew       LeadStatus = "new"
	LeadFollowing LeadStatus = "following"
	LeadBooked    LeadStatus = "booked"
	LeadConverted LeadStatus = "converted"
	LeadLost      LeadStatus = "lost"
	LeadInvalid   LeadStatus = "invalid" // a wrong number, or a nuisance
)

// LeadStatuses lists them in the order of the board; OpenLeads are those of
// which something may still come.
var (
	LeadStatuses = []LeadStatus{LeadNew, LeadFollowing, LeadBooked, LeadConverted, LeadLost, LeadInvalid}
	OpenLeads    = LeadStatuses[:3]
)

// LeadChannel says how the clinic heard of a lead.
type LeadChannel string

// A lead was recorded by staff, or came from the public contact form.
const (
	LeadByStaff LeadChannel = "staff"
	LeadByForm  LeadChannel = "form"
)

// Lead is somebody who may want a service: a patient of the register, or
// somebody whom the register does not know yet.
//
// Invariant: it has a name, and a mobile or a patient.
type Lead struct {
	ID          LeadID
	Patient     PatientID // 0: nobody of the register yet
	Branch      BranchID  // of a patient, that of their file
	Name        string
	Mobile      string
	Service     ServiceID  // that is wanted; 0: not said
	Source      string     // how they came to know the clinic
	Introducer  PatientID  // the marketer who sent them; 0: nobody
	ReferrerID  ReferrerID // the outside doctor or centre who did
	Note        string
	Owner       StaffID // 0: whoever comes to it
	Status      LeadStatus
	Channel     LeadChannel
	Appointment AppointmentID // that came of it last
	Admission   AdmissionID   // that it became
	Recorded    time.Time
	Staff       StaffID // who recorded it
	Version     int64
}

// Open reports whether something may still come of the lead.
func (l Lead) Open() bool { return slices.Contains(OpenLeads, l.Status) }

// The most that a lead holds.
const (
	maxLeadName = 100
	maxLeadNote = 1000
)

// Check cleans a lead. One of a patient may lack a mobile: the file has it.
// Invalid lead.name, lead.mobile, mobile.invalid, text.long, text.utf8.
func (l Lead) Check() (Lead, error) {
	if err := cleanAll([]field{{"name", &l.Name, maxLeadName}, {"acquisition_source", &l.Source, maxText}}); err != nil {
		return l, err
	}
	note, err := farsi.CleanLines(l.Note, maxLeadNote)
	if err != nil {
		return l, at(err, "note")
	}
	l.Note = note
	if l.Name == "" {
		return l, fault.New(fault.Invalid, "lead.name", "a lead has a name").At("name")
	}
	if l.Mobile = strings.TrimSpace(l.Mobile); l.Mobile == "" && l.Patient != 0 {
		return l, nil
	}
	if l.Mobile == "" {
		return l, fault.New(fault.Invalid, "lead.mobile", "a lead has a mobile number").At("mobile")
	}
	if l.Mobile, err = farsi.Mobile(l.Mobile); err != nil {
		return l, at(err, "mobile")
	}
	return l, nil
}

// Replaces are the name and the mobile that a lead had and has no more, for its
// story: whoever linked or changed the wrong one finds them there.
func (l Lead) Replaces(old Lead) string {
	var gone []string
	for _, part := range [][2]string{{old.Name, l.Name}, {old.Mobile, l.Mobile}} {
		if part[0] != "" && part[0] != part[1] {
			gone = append(gone, part[0])
		}
	}
	return strings.Join(gone, " · ")
}

// SearchKey is the text by which a lead is found: any part of it.
func (l Lead) SearchKey() string { return farsi.Key(l.Name) + " " + l.Mobile }

// LeadEventKind says what happened to a lead.
type LeadEventKind string

// What can happen. Only the moves change its state.
const (
	LeadRecorded   LeadEventKind = "recorded"
	LeadMoved      LeadEventKind = "moved"      // by hand
	LeadWorked     LeadEventKind = "worked"     // something was done about it, or planned
	LeadTimeBooked LeadEventKind = "booked"     // an appointment came of it
	LeadTimeGone   LeadEventKind = "time_gone"  // that was cancelled or missed
	LeadTimeBack   LeadEventKind = "time_back"  // or happens after all
	LeadAdmitted   LeadEventKind = "admitted"   // the patient was admitted
	LeadUnadmitted LeadEventKind = "unadmitted" // the admission was cancelled
	LeadAgain      LeadEventKind = "again"      // the contact form was sent once more
	LeadLinked     LeadEventKind = "linked"     // they are a patient now
	LeadEdited     LeadEventKind = "edited"
)

// LeadEvent is one thing that happened to a lead. It is never changed.
type LeadEvent struct {
	ID       int64
	Lead     LeadID
	Kind     LeadEventKind
	From, To LeadStatus
	Reason   string // or what was written with it
	At       time.Time
	Staff    StaffID
}

// leadMoves are the ways between the states of a lead, and what takes it along
// each.
var leadMoves = []struct {
	by       LeadEventKind
	from, to []LeadStatus
}{
	{LeadMoved, []LeadStatus{LeadNew}, []LeadStatus{LeadFollowing, LeadLost, LeadInvalid}},
	{LeadMoved, []LeadStatus{LeadFollowing}, []LeadStatus{LeadLost, LeadInvalid}},
	{LeadMoved, []LeadStatus{LeadLost, LeadInvalid}, []LeadStatus{LeadFollowing}},
	{LeadWorked, []LeadStatus{LeadNew}, []LeadStatus{LeadFollowing}},
	{LeadTimeBooked, []LeadStatus{LeadNew, LeadFollowing, LeadLost}, []LeadStatus{LeadBooked}},
	{LeadTimeGone, []LeadStatus{LeadBooked}, []LeadStatus{LeadFollowing}},
	{LeadTimeBack, []LeadStatus{LeadFollowing}, []LeadStatus{LeadBooked}},
	{LeadAdmitted, []LeadStatus{LeadNew, LeadFollowing, LeadBooked}, []LeadStatus{LeadConverted}},
	{LeadUnadmitted, []LeadStatus{LeadConverted}, []LeadStatus{LeadFollowing}},
}

// Goes reports whether what happened can take the lead to a state.
func (l Lead) Goes(by LeadEventKind, to LeadStatus) bool {
	for _, m := range leadMoves {
		if m.by == by && slices.Contains(m.from, l.Status) && slices.Contains(m.to, to) {
			return true
		}
	}
	return false
}

// Ways are the states to which the lead can be moved by hand.
func (l Lead) Ways() (to []LeadStatus) {
	for _, s := range LeadStatuses {
		if l.Goes(LeadMoved, s) {
			to = append(to, s)
		}
	}
	return to
}

// Step is the lead in another state, and the event that took it there. One that
// is lost says why. Invalid lead.state, lead.reason, text.long; Refused lead.move with the
// states, lead.booked for one that has an appointment.
func (l Lead) Step(by LeadEventKind, to LeadStatus, reason string) (Lead, LeadEvent, error) {
	e := LeadEvent{Lead: l.ID, Kind: by, From: l.Status, To: to}
	if !slices.Contains(LeadStatuses, to) {
		return l, e, fault.New(fault.Invalid, "lead.state", "there is no state %q", to).At("state")
	}
	if by == LeadMoved && l.Status == LeadBooked {
		return l, e, fault.New(fault.Refused, "lead.booked", "the lead has an appointment; it goes back when that is cancelled or missed").At("state")
	}
	if !l.Goes(by, to) {
		return l, e, fault.New(fault.Refused, "lead.move", "a lead that is %s does not become %s", l.Status, to).
			With("from", string(l.Status)).With("to", string(to)).At("state")
	}
	if err := cleanAll([]field{{"reason", &reason, 300}}); err != nil {
		return l, e, err
	}
	if to == LeadLost && reason == "" {
		return l, e, fault.New(fault.Invalid, "lead.reason", "say why the lead is lost").At("reason")
	}
	e.Reason, l.Status = reason, to
	return l, e, nil
}

// BecameBy reports whether an admission is what came of the lead: it is the
// first of the person, it came of the lead's appointment, or it holds the
// service that was wanted; without a wish any is. It counts from when the lead
// was recorded.
func (l Lead) BecameBy(a Admission, first, ofAppointment bool) bool {
	if !l.Goes(LeadAdmitted, LeadConverted) || a.At.Before(l.Recorded) {
		return false
	}
	return first || ofAppointment || l.Service == 0 ||
		slices.ContainsFunc(a.LiveLines(), func(line AdmissionLine) bool { return line.Service == l.Service })
}

// Contact is what the public writes on the contact form.
type Contact struct {
	Name, Mobile string
	Service      ServiceID
	Note         string
}

// link is what a text has when it leads somewhere else.
var link = regexp.MustCompile(`https?:|www\.|<a |\[url|://|[a-z0-9-]\.[a-z]{2,}/|\.(com|net|org|info|ir|me|io|ly|co)\b`)

// Check cleans a form of the public, as the lead that it becomes. Addresses of
// the web are refused: nobody follows what a stranger sends. Invalid contact.link and those
// of Lead.Check.
func (c Contact) Check() (Lead, error) {
	l, err := Lead{Name: c.Name, Mobile: c.Mobile, Service: c.Service, Note: c.Note, Channel: LeadByForm}.Check()
	if err != nil {
		return l, err
	}
	for field, text := range map[string]string{"name": l.Name, "note": l.Note} {
		if link.MatchString(strings.ToLower(norm.NFKC.String(text))) { // wide letters lead there as well
			return l, fault.New(fault.Invalid, "contact.link", "no addresses of the web, please").At(field)
		}
	}
	return l, nil
}

// AsPatient is what the register takes over of a lead that becomes a patient: of
// a name of several words the first is the first name.
func (l Lead) AsPatient() Patient {
	p := Patient{LastName: l.Name, Mobile: l.Mobile, AcquisitionSource: l.Source, Introducer: l.Introducer, ReferrerID: l.ReferrerID, SMSService: true}
	if first, rest, several := strings.Cut(l.Name, " "); several {
		p.FirstName, p.LastName = first, rest
	}
	return p
}
