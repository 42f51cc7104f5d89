package clinic_test

import (
	"testing"
	"time"

	"daftar/internal/clinic"
)

// rfcSecret is that of RFC 6238, appendix B; its codes end in these six digits.
var rfcSecret = []byte("12345678901234567890")

func TestTheCodesOfTheRFC(t *testing.T) {
	for second, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471",
		1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := clinic.TOTP(rfcSecret, clinic.TOTPStep(time.Unix(second, 0))); got != want {
			t.Errorf("at %d the code is %s, want %s", second, got, want)
		}
	}
}

func TestWhichCodesAreGood(t *testing.T) {
	now := time.Unix(1234567890, 0)
	step := clinic.TOTPStep(now)
	for name, c := range map[string]struct {
		typed string
		last  int64
		want  bool
	}{
		"that of now":                    {"005924", 0, true},
		"in Persian digits with a space": {"۰۰۵ ۹۲۴", 0, true},
		"that of before":                 {clinic.TOTP(rfcSecret, step-1), 0, true},
		"that of after":                  {clinic.TOTP(rfcSecret, step+1), 0, true},
		"two steps early":                {clinic.TOTP(rfcSecret, step+2), 0, false},
		"two steps late":                 {clinic.TOTP(rfcSecret, step-2), 0, false},
		"one that was used":              {"005924", step, false},
		"one older than the used one":    {clinic.TOTP(rfcSecret, step-1), step, false},
		"a newer one than the used one":  {"005924", step - 1, true},
		"another":                        {"005925", 0, false},
		"none":                           {"", 0, false},
		"too short":                      {"05924", 0, false},
		"too long":                       {"0059240", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := clinic.CheckTOTP(rfcSecret, c.typed, now, c.last); ok != c.want || ok && got <= c.last {
				t.Errorf("%v at step %d", ok, got)
			}
		})
	}
}

func TestTheAddressForAnAuthenticator(t *testing.T) {
	const want = "otpauth://totp/sara?issuer=Mehr%20Clinic&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	if got := clinic.TOTPAddress(rfcSecret, "Mehr Clinic", "sara"); got != want {
		t.Errorf("%s", got)
	}
}
