package clinic

import (
	"strings"
	"unicode/utf16"

	"daftar/internal/money"
)

// MessageSize is what a text costs on its way: Units of its alphabet in Parts.
// Plain says that all its letters are of the telephones' own alphabet of seven
// bits (GSM 03.38); one Persian letter or digit, or a joiner, makes all of them
// sixteen bits wide.
type MessageSize struct {
	Units, Parts int
	Plain        bool
}

// Room of a message of one part, and of each part of several, whose header takes
// its place.
const (
	plainSingle, plainEach = 160, 153
	wideSingle, wideEach   = 70, 67
)

// The telephones' alphabet; letters of the second set take two places.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtended = "\f^{}\\[~]|€"
)

// SizeOf counts a text.
func SizeOf(text string) MessageSize {
	if text == "" {
		return MessageSize{Plain: true}
	}
	s := MessageSize{Plain: true}
	for _, r := range text {
		if !strings.ContainsRune(gsmBasic, r) && !strings.ContainsRune(gsmExtended, r) {
			s.Plain = false
			break
		}
	}
	single, each := wideSingle, wideEach
	if s.Plain {
		single, each = plainSingle, plainEach
	}
	var widths []int
	for _, r := range text {
		widths = append(widths, s.width(r))
		s.Units += s.width(r)
	}
	s.Parts = 1
	if s.Units <= single {
		return s
	}
	room := each
	for _, w := range widths {
		// What takes two places is not cut in two.
		if w > room {
			s.Parts, room = s.Parts+1, each
		}
		room -= w
	}
	return s
}

// width is how many places a letter takes.
func (s MessageSize) width(r rune) int {
	if s.Plain {
		if strings.ContainsRune(gsmExtended, r) {
			return 2
		}
		return 1
	}
	return max(1, utf16.RuneLen(r))
}

// Cost is what a message of this size costs at a price for each part.
func (s MessageSize) Cost(price money.Amount) money.Amount { return price * money.Amount(s.Parts) }
