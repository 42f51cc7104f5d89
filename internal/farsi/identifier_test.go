package farsi_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// check is one text and what is read from it; an empty want means refused.
type check struct{ text, want string }

// verify runs checks against a reader that refuses with code.
func verify(t *testing.T, read func(string) (string, error), code string, checks map[string]check) {
	t.Helper()
	for name, c := range checks {
		t.Run(name, func(t *testing.T) {
			got, err := read(c.text)
			if got != c.want {
				t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
			}
			if c.want == "" && (fault.Code(err) != code || fault.Of(err) != fault.Invalid) || c.want != "" && err != nil {
				t.Errorf("%q: %v", c.text, err)
			}
		})
	}
}

func TestNationalCodes(t *testing.T) {
	checks := map[string]check{
		"without its leading zero":      {"499370899", "0499370899"},
		"without two leading zeros":     {"84575948", "0084575948"},
		"Persian digits":                {"۰۴۹۹۳۷۰۸۹۹", "0499370899"},
		"dashes and spaces":             {" 049-937089-9 ", "0499370899"},
		"direction marks":               {"\u200e0499370899\u202c", "0499370899"},
		"the worked example, by itself": {"0932833810", "0932833810"},
		"the right last digit":          {"0684159414", "0684159414"},
		"seven digits":                  {"4575948", ""},
		"eleven digits":                 {"00499370899", ""},
		"letters":                       {"04993708a9", ""},
		"nothing":                       {"", ""},
	}
	for _, code := range []string{"0012345679", "0023456787", "1234567891", "0499370899", "0084575948"} {
		checks["valid "+code] = check{code, code}
	}
	for _, code := range []string{"0684159415", "0013542418", "2991999986"} {
		checks["invalid "+code] = check{code, ""}
	}
	for d := range 10 {
		code := fmt.Sprintf("%[1]d%[1]d%[1]d%[1]d%[1]d%[1]d%[1]d%[1]d%[1]d%[1]d", d)
		checks["ten times "+code[:1]] = check{code, ""}
	}
	verify(t, farsi.NationalCode, "national_code.invalid", checks)
}

func TestOneWrongDigitOfANationalCodeIsNoticed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.StringMatching(`[0-9]{9}`).Draw(t, "stem")
		valid := 0
		for d := range 10 {
			if _, err := farsi.NationalCode(fmt.Sprint(stem, d)); err == nil {
				valid++
			}
		}
		if valid > 1 {
			t.Fatalf("%d codes begin with %s", valid, stem)
		}
	})
}

func TestMobiles(t *testing.T) {
	verify(t, farsi.Mobile, "mobile.invalid", map[string]check{
		"as it is":                       {"09123456789", "09123456789"},
		"Persian digits":                 {"۰۹۱۲۳۴۵۶۷۸۹", "09123456789"},
		"Arabic digits":                  {"٠٩١٢٣٤٥٦٧٨٩", "09123456789"},
		"spaces, dashes and brackets":    {"(0912) 345-67 89", "09123456789"},
		"plus and country":               {"+989123456789", "09123456789"},
		"zeros and country":              {"00989123456789", "09123456789"},
		"country only":                   {"989123456789", "09123456789"},
		"country and zero":               {"+98 (0)912 345 6789", "09123456789"},
		"no zero":                        {"9123456789", "09123456789"},
		"a number that looks a country":  {"9812345678", "09812345678"},
		"isolated as copied from a page": {"\u2068+98 912 345 6789\u2069", "09123456789"},
		"a landline":                     {"02188776655", ""},
		"a digit short":                  {"0912345678", ""},
		"a digit too many":               {"091234567890", ""},
		"another country":                {"+4915112345678", ""},
		"letters":                        {"0912345678a", ""},
		"nothing":                        {"", ""},
		"only the country":               {"+98", ""},
	})
}

func TestLandlines(t *testing.T) {
	verify(t, farsi.Phone, "phone.invalid", map[string]check{
		"as it is":          {"02188776655", "02188776655"},
		"Persian digits":    {"۰۲۱-۸۸۷۷۶۶۵۵", "02188776655"},
		"plus and country":  {"+98 21 8877 6655", "02188776655"},
		"country only":      {"982188776655", "02188776655"},
		"no zero":           {"2188776655", "02188776655"},
		"without area code": {"88776655", ""},
		"a mobile":          {"09123456789", ""},
		"three zeros":       {"00012345678", ""},
		"nothing":           {"", ""},
	})
}

func TestCards(t *testing.T) {
	verify(t, farsi.Card, "card.invalid", map[string]check{
		"the right check digit": {"6037991000000004", "6037991000000004"},
		"groups of four":        {"۶۰۳۷-۹۹۱۰-۰۰۰۰-۰۰۰۴", "6037991000000004"},
		"a wrong check digit":   {"6037991000000005", ""},
		"two digits swapped":    {"6307991000000004", ""},
		"nothing but zeros":     {"0000000000000000", ""},
		"fifteen digits":        {"603799100000000", ""},
		"nothing":               {"", ""},
	})
}

func TestShebas(t *testing.T) {
	verify(t, farsi.Sheba, "sheba.invalid", map[string]check{
		"as it is":             {"IR062960000000100324200001", "IR062960000000100324200001"},
		"in groups":            {"ir06 2960 0000 0010 0324 2000 01", "IR062960000000100324200001"},
		"without the letters":  {"۰۶۲۹۶۰۰۰۰۰۰۰۱۰۰۳۲۴۲۰۰۰۰۱", "IR062960000000100324200001"},
		"a wrong digit":        {"IR062960000000100324200002", ""},
		"another country":      {"DE89370400440532013000", ""},
		"a digit short":        {"IR06296000000010032420000", ""},
		"the letters twice":    {"IRIR062960000000100324200001", ""},
		"nothing":              {"", ""},
		"nothing but letters":  {"IR", ""},
		"letters in the rest":  {"IR06296000000010032420000A", ""},
		"a digit of elsewhere": {"IR06296000000010032420000१", ""},
	})
}

func TestSayads(t *testing.T) {
	verify(t, farsi.Sayad, "sayad.invalid", map[string]check{
		"sixteen digits":        {"۱۲۳۴ ۵۶۷۸ ۹۰۱۲ ۳۴۵۶", "1234567890123456"},
		"fifteen digits":        {"123456789012345", ""},
		"one digit all through": {"1111111111111111", ""},
		"nothing":               {"", ""},
	})
}

func FuzzIdentifiers(f *testing.F) {
	for _, seed := range []string{"0499370899", "+98 912 345 6789", "021-88776655", "6037991000000004", "IR062960000000100324200001", "1234567890123456", "", "۹", "\xff"} {
		f.Add(seed)
	}
	readers := []func(string) (string, error){farsi.NationalCode, farsi.Mobile, farsi.Phone, farsi.Card, farsi.Sheba, farsi.Sayad}
	f.Fuzz(func(t *testing.T, text string) {
		for i, read := range readers {
			got, err := read(text)
			if err != nil {
				if fault.Of(err) != fault.Invalid || got != "" {
					t.Errorf("reader %d: %q with %v", i, got, err)
				}
				continue
			}
			if again, err := read(got); err != nil || again != got {
				t.Errorf("reader %d: %q is read as %q and then as %q, %v", i, text, got, again, err)
			}
		}
	})
}
