package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

// consentTexts says of each box about messages who last changed it, and when.
func consentTexts(v visit, last map[clinic.ConsentClass]desk.ConsentLine) map[string]string {
	texts := map[string]string{}
	for class, l := range last {
		on := "register.consent.no"
		if l.Allowed {
			on = "register.consent.yes"
		}
		texts["sms_"+string(class)] = v.l.T("register.consent", "on", v.l.T(on), "by", l.StaffName, "when", v.l.Moment(l.At))
	}
	return texts
}
