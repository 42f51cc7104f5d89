package clinic

import "time"

// ConsentClass is a sort of messages that a patient agrees to or not.
type ConsentClass string

// Messages about what the patient does with the clinic, and others. The first
// is agreed to until somebody says no, the second not until somebody says yes.
const (
	ServiceMessages     ConsentClass = "service"
	AdvertisingMessages ConsentClass = "advertising"
)

// ConsentClasses lists them in the order of the form.
var ConsentClasses = []ConsentClass{ServiceMessages, AdvertisingMessages}

// Consent is one change of what a patient agrees to: when and by whom.
type Consent struct {
	Patient PatientID
	Class   ConsentClass
	Allowed bool
	At      time.Time
	Staff   StaffID
}

// Allows reports whether the patient agrees to messages of the class.
func (p Patient) Allows(c ConsentClass) bool {
	switch c {
	case ServiceMessages:
		return p.SMSService
	case AdvertisingMessages:
		return p.SMSAdvertising
	}
	return true
}

// ConsentChanges are the classes about which the patient says something else
// than before. A new patient said what everybody says who was not asked.
func ConsentChanges(old, p Patient) (changed []ConsentClass) {
	if old.ID == 0 {
		old.SMSService, old.SMSAdvertising = true, false
	}
	for _, c := range ConsentClasses {
		if old.Allows(c) != p.Allows(c) {
			changed = append(changed, c)
		}
	}
	return changed
}

// MayBeSent says why the patient gets no message of the kind; "" when it goes
// out. A code is for whoever asked for it.
func (p Patient) MayBeSent(k MessageKind) SkipReason {
	switch {
	case p.Mobile == "":
		return SkipNoMobile
	case !p.Allows(k.Class()):
		return SkipNoConsent
	}
	return ""
}
