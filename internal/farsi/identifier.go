package farsi

import (
	"strings"
	"unicode"

	"daftar/internal/fault"
)

// bare returns s with Latin digits and without spaces, dashes, brackets and
// invisible marks, the things people put between the digits of a number.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Pd) || strings.ContainsRune("()._/−", r) {
			return -1
		}
		return latinDigit(r)
	}, s)
}

// allDigits reports whether s consists of n Latin digits.
func allDigits(s string, n int) bool {
	return len(s) == n && strings.Trim(s, "0123456789") == ""
}

// oneDigit reports whether s repeats its first digit throughout. Such numbers
// pass checksums and belong to nobody.
func oneDigit(s string) bool { return strings.Trim(s, s[:1]) == "" }

// NationalCode returns the ten digits of an Iranian national code, or
// national_code.invalid. Codes typed without their leading zeros (8 or 9
// digits) are completed.
func NationalCode(s string) (string, error) {
	code := bare(s)
	if n := len(code); n == 8 || n == 9 {
		code = strings.Repeat("0", 10-n) + code
	}
	if !allDigits(code, 10) || oneDigit(code) || !nationalCheck(code) {
		return "", fault.New(fault.Invalid, "national_code.invalid", "this is not a national code")
	}
	return code, nil
}

func nationalCheck(code string) bool {
	sum := 0
	for i := range 9 {
		sum += int(code[i]-'0') * (10 - i)
	}
	check := sum % 11
	if check >= 2 {
		check = 11 - check
	}
	return int(code[9]-'0') == check
}

// Card returns the sixteen digits of a bank card, or card.invalid when the
// check digit (Luhn) is wrong. Show only the last four.
func Card(s string) (string, error) {
	card := bare(s)
	if !allDigits(card, 16) || oneDigit(card) || !luhn(card) {
		return "", fault.New(fault.Invalid, "card.invalid", "this is not a card number")
	}
	return card, nil
}

func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// Sheba returns an Iranian bank account number as IR and 24 digits, or
// sheba.invalid. The letters may be missing or in lower case.
func Sheba(s string) (string, error) {
	digits := strings.TrimPrefix(strings.ToUpper(bare(s)), "IR")
	if !allDigits(digits, 24) || !shebaCheck(digits) {
		return "", fault.New(fault.Invalid, "sheba.invalid", "this is not a sheba number")
	}
	return "IR" + digits, nil
}

// SeemsSheba reports whether a text is meant as a Sheba: IR and a digit begin
// it, or it is 24 digits.
func SeemsSheba(s string) bool {
	s = strings.ToUpper(bare(s))
	rest, named := strings.CutPrefix(s, "IR")
	return named && rest != "" && rest[0] >= '0' && rest[0] <= '9' || allDigits(s, 24)
}

// shebaCheck is ISO 13616: the check digits, the first two, go to the end
// after the country as digits (I is 18, R is 27), and all of it is 1 mod 97.
func shebaCheck(digits string) bool {
	rest := 0
	for _, d := range digits[2:] + "1827" + digits[:2] {
		rest = (rest*10 + int(d-'0')) % 97
	}
	return rest == 1
}

// Sayad returns the sixteen digits of a صیادی cheque, or sayad.invalid. There
// is no public check digit.
func Sayad(s string) (string, error) {
	id := bare(s)
	if !allDigits(id, 16) || oneDigit(id) {
		return "", fault.New(fault.Invalid, "sayad.invalid", "a sayad number has 16 digits")
	}
	return id, nil
}
