package money

import "strings"

var (
	wordsBelow20 = [...]string{"", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه",
		"ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده"}
	wordsTens     = [...]string{"", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود"}
	wordsHundreds = [...]string{"", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد"}

	// wordsScale names the powers of 1000. Above 10^9 it repeats the names
	// below, as people do: nobody at the desk says تریلیون.
	wordsScale = [...]string{"", " هزار", " میلیون", " میلیارد", " هزار میلیارد", " میلیون میلیارد", " میلیارد میلیارد"}
)

const wordsAnd = " و "

// Words returns a as Persian number words: «چهار میلیون و پانصد هزار», «صفر»,
// «منفی ده». It names no unit. The words of different amounts differ.
func Words(a Amount) string {
	switch {
	case a == 0:
		return "صفر"
	case a < 0:
		return "منفی " + words(a.magnitude())
	}
	return words(a.magnitude())
}

func words(m uint64) string {
	var groups []string
	for scale := 0; m > 0; scale++ {
		if g := m % 1000; g > 0 {
			groups = append(groups, wordsBelow1000(g)+wordsScale[scale])
		}
		m /= 1000
	}
	var b strings.Builder
	for i := len(groups) - 1; i >= 0; i-- {
		b.WriteString(groups[i])
		if i > 0 {
			b.WriteString(wordsAnd)
		}
	}
	return b.String()
}

func wordsBelow1000(g uint64) string {
	var parts []string
	if h := g / 100; h > 0 {
		parts = append(parts, wordsHundreds[h])
	}
	g %= 100
	if g >= 20 {
		parts = append(parts, wordsTens[g/10])
		g %= 10
	}
	if g > 0 {
		parts = append(parts, wordsBelow20[g])
	}
	return strings.Join(parts, wordsAnd)
}

// InWords returns the magnitude of a for the line under an amount field. For
// rials it also gives the tomans, since a factor of ten is the commonest
// mistake at reception: «یک میلیون و دویست هزار ریال = ۱۲۰٬۰۰۰ تومان»; for
// tomans it gives the rials, «صد و بیست هزار تومان = ۱٬۲۰۰٬۰۰۰ ریال».
func (c Currency) InWords(a Amount) string {
	m, unit := a.magnitude(), c.unit()
	whole, rest := Amount(m/unit), Amount(m%unit)
	switch {
	case c == IRR:
		return Words(a.Abs()) + " " + c.Name() + " = " + TomanView(a)
	case c == IRT:
		return c.tomanWords(whole, rest) + " = " + IRR.Format(a) + " " + IRR.Name()
	case rest == 0:
		return Words(whole) + " " + c.Name()
	case whole == 0:
		return Words(rest) + " " + c.minorName()
	}
	return Words(whole) + " " + c.Name() + wordsAnd + Words(rest) + " " + c.minorName()
}

// tomanWords names whole tomans and the rials left over.
func (c Currency) tomanWords(toman, rial Amount) string {
	switch {
	case rial == 0:
		return Words(toman) + " " + c.Name()
	case toman == 0:
		return Words(rial) + " " + IRR.Name()
	}
	return Words(toman) + " " + c.Name() + wordsAnd + Words(rial) + " " + IRR.Name()
}

// minorName returns the Persian name of the minor unit.
func (c Currency) minorName() string {
	if c == USD {
		return "سنت"
	}
	return c.Code + "/" + Amount(c.unit()).String()
}
