package view

import (
	"strconv"
	"strings"
)

// AppointmentTone is the colour of an appointment's state.
func AppointmentTone(status string) string {
	switch status {
	case "proposed":
		return "hold"
	case "booked":
		return "info"
	case "confirmed", "checked_in":
		return "ok"
	case "no_show":
		return "due"
	}
	return ""
}

// last is the last part of a key.
func last(key string) string { return key[strings.LastIndexByte(key, '.')+1:] }

func pressed(on bool) string { return strconv.FormatBool(on) }
