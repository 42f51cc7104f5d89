package money

// tomanRials is the number of rials people mean by one toman. It holds for the
// current rial (IRR) only.
const tomanRials = 10

// Toman returns the whole tomans in a, an amount of rials, and the rials left
// over. Both have the sign of a.
func Toman(a Amount) (toman, rial Amount) { return a / tomanRials, a % tomanRials }

// TomanView returns the magnitude of a, an amount of rials, as people say it:
// «۱۲۰٬۰۰۰ تومان», or «۱۲۰٬۰۰۰ تومان و ۵ ریال» when rials are left over.
func TomanView(a Amount) string {
	toman, rial := Toman(a)
	switch {
	case rial == 0:
		return IRR.Format(toman) + " تومان"
	case toman == 0:
		return IRR.Format(rial) + " ریال"
	}
	return IRR.Format(toman) + " تومان و " + IRR.Format(rial) + " ریال"
}
