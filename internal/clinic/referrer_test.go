package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

func TestReferrerCheck(t *testing.T) {
	good := clinic.Referrer{Name: " دكتر شفيعي", Phone: "۰۲۱-۸۸۷۷۶۶۵۵", MedicalCouncilNumber: "۱۲۳۴۵", Email: "s@example.ir"}
	for name, tt := range map[string]struct {
		change      func(*clinic.Referrer)
		code, field string
	}{
		"as it is":         {func(*clinic.Referrer) {}, "", ""},
		"only a name":      {func(r *clinic.Referrer) { *r = clinic.Referrer{Name: "دکتر شفیعی", Phone: " "} }, "", ""},
		"a mobile":         {func(r *clinic.Referrer) { r.Phone = "+989121234567" }, "", ""},
		"no name":          {func(r *clinic.Referrer) { r.Name = "\u200f" }, "referrer.name", "referrer"},
		"no number at all": {func(r *clinic.Referrer) { r.Phone = "88" }, "phone.invalid", "referrer_phone"},
		"no at sign":       {func(r *clinic.Referrer) { r.Email = "example.ir" }, "referrer.email", "referrer_email"},
		"two of them":      {func(r *clinic.Referrer) { r.Email = "a@b@c.ir" }, "referrer.email", "referrer_email"},
		"a list":           {func(r *clinic.Referrer) { r.Email = "a@b.ir, c@d.ir" }, "referrer.email", "referrer_email"},
	} {
		t.Run(name, func(t *testing.T) {
			r := good
			tt.change(&r)
			got, err := r.Check()
			if e, _ := fault.As(err); fault.Code(err) != tt.code || err != nil && e.Field != tt.field {
				t.Fatalf("%v", err)
			}
			if err == nil && got.Name != "دکتر شفیعی" {
				t.Errorf("cleaned to %+v", got)
			}
		})
	}
}

func TestFindReferrer(t *testing.T) {
	all := []clinic.Referrer{{ID: 1, Name: "دکتر شفیعی", MedicalCouncilNumber: "11"}, {ID: 2, Name: "دکتر شفیعی", MedicalCouncilNumber: "22"}, {ID: 3, Name: "درمانگاه بهار"}}
	for text, want := range map[string]clinic.ReferrerID{"دکتر شفیعی": 0, "دكتر شفيعي · ۲۲": 2, "درمان‌گاه بهار": 3, "بهار": 0, "": 0} {
		if got, found := clinic.FindReferrer(all, text); got.ID != want || found != (want != 0) {
			t.Errorf("%q finds %d", text, got.ID)
		}
	}
}
