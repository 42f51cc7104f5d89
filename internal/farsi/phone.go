package farsi

import (
	"strings"

	"daftar/internal/fault"
)

// Mobile returns an Iranian mobile number as 09 and nine digits, or
// mobile.invalid. It may be typed with +98, 0098, 98 or without the zero.
func Mobile(s string) (string, error) {
	number := national(s)
	if !allDigits(number, 10) || number[0] != '9' {
		return "", fault.New(fault.Invalid, "mobile.invalid", "this is not a mobile number")
	}
	return "0" + number, nil
}

// Phone returns an Iranian landline number as 0, area code and number, eleven
// digits, or phone.invalid. The area code is needed.
func Phone(s string) (string, error) {
	number := national(s)
	if !allDigits(number, 10) || number[0] == '9' || number[0] == '0' {
		return "", fault.New(fault.Invalid, "phone.invalid", "this is not a telephone number with its area code")
	}
	return "0" + number, nil
}

// national returns the digits after the leading zero or the country code. The
// code without plus or zeros counts only where the number is too long without
// it: 98… may be a number of its own.
func national(s string) string {
	number := bare(s)
	for _, prefix := range []string{"+98", "0098"} {
		if rest, ok := strings.CutPrefix(number, prefix); ok {
			return strings.TrimPrefix(rest, "0")
		}
	}
	if len(number) == 12 && strings.HasPrefix(number, "98") {
		return number[2:]
	}
	return strings.TrimPrefix(number, "0")
}
